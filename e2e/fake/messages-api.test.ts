import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MessagesApi, startMessagesApi } from "./messages-api/messages-api.ts";

let api: MessagesApi;
beforeEach(async () => {
  api = await startMessagesApi();
});
afterEach(() => api.close());

type Json = Record<string, unknown>;
const bash = { name: "Bash", input_schema: { type: "object" } };
const user = (...texts: string[]) => ({ role: "user", content: texts.map((text) => ({ type: "text", text })) });
const result = (id: string, content: string) => ({
  role: "user",
  content: [{ type: "tool_result", tool_use_id: id, content: [{ type: "text", text: content }] }],
});
const said = (text: string) => ({ role: "assistant", content: [{ type: "text", text }] });

function post(messages: unknown[], more: Json = {}, signal?: AbortSignal): Promise<Response> {
  return fetch(`${api.url}/v1/messages?beta=true`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-claude-code-session-id": "one" },
    body: JSON.stringify({ model: "m", max_tokens: 10, stream: true, tools: [bash], messages, ...more }),
    ...(signal && { signal }),
  });
}

/** The events of a stream as objects, each checked against the grammar of server-sent events. */
function parseEvents(stream: string): Json[] {
  return stream.split("\n\n").flatMap((record) => {
    if (!record) return [];
    const [, type, data] = /^event: (\w+)\ndata: (.*)$/.exec(record) ?? [];
    const event = JSON.parse(data ?? "null") as Json;
    expect(event.type).toBe(type);
    return [event];
  });
}

const eventsFor = async (prompt: string) => parseEvents(await (await post([user(prompt)])).text());
const answerFor = async (messages: unknown[], more: Json = {}) =>
  (await (await post(messages, { stream: false, ...more })).json()) as {
    content: Json[];
    stop_reason: string;
  };
const textFor = async (...messages: unknown[]) => (await answerFor(messages)).content[0]?.text;

describe("a streamed answer", () => {
  test("begins with the empty message, numbers its blocks and ends with stop reason and usage", async () => {
    const events = await eventsFor("[[think:Hm]] [[text:First. ]] [[text:Second.]] [[bash:ls]]");
    expect(events.map(({ type }) => type).filter((type) => type !== "content_block_delta")).toEqual([
      "message_start",
      "ping",
      ...["content_block_start", "content_block_stop"],
      ...["content_block_start", "content_block_stop"],
      ...["content_block_start", "content_block_stop"],
      "message_delta",
      "message_stop",
    ]);
    expect(events[0]?.message).toMatchObject({ role: "assistant", content: [], stop_reason: null });
    expect(events.filter(({ type }) => type === "content_block_start").map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(events.at(-2)).toMatchObject({
      delta: { stop_reason: "tool_use" },
      usage: { output_tokens: expect.any(Number) },
    });
  });

  test("joins neighbouring texts in one block, whatever their characters", async () => {
    const events = await eventsFor(`[[text:${"😀é".repeat(3000)}]][[text: end]]`);
    const deltas = events.flatMap(({ delta }) => (delta as Json | undefined)?.text ?? []);
    expect(deltas.length).toBeGreaterThan(2);
    expect(deltas.join("")).toBe(`${"😀é".repeat(3000)} end`);
    expect(events.filter(({ type }) => type === "content_block_start")).toHaveLength(1);
  });

  test("carries a tool's input as pieces of JSON", async () => {
    const events = await eventsFor(`[[bash:echo ${"x".repeat(900)}]]`);
    const json = events.flatMap(({ delta }) => (delta as Json | undefined)?.partial_json ?? []).join("");
    expect(JSON.parse(json)).toMatchObject({ command: `echo ${"x".repeat(900)}` });
    expect(events.find(({ type }) => type === "content_block_start")?.content_block).toMatchObject({
      name: "Bash",
      input: {},
    });
  });

  test("takes the stop reason it is given", async () => {
    expect((await eventsFor("[[text:half]] [[stop:max_tokens]]")).at(-2)?.delta).toMatchObject({
      stop_reason: "max_tokens",
    });
  });

  test("can carry an error, after which nothing comes", async () => {
    const events = await eventsFor("[[text:half]][[sseerr]]");
    expect(events.at(-1)).toMatchObject({ type: "error", error: { type: "overloaded_error" } });
  });

  test("breaks off where it is cut, and only as often as it says", async () => {
    await expect((await post([user("[[text:half]][[cut*1]]")])).text()).rejects.toThrow();
    expect((await eventsFor("[[text:half]][[cut*1]]")).at(-1)).toMatchObject({ type: "message_stop" });
  });
});

describe("a script", () => {
  test("plays one answer a request, and then tells the last tool's result", async () => {
    const first = [user("go [[text:Now]] [[bash:ls]] [[text:Both seen]] [[bash:pwd]]")];
    const answer = await answerFor(first);
    expect(answer.content).toMatchObject([{ text: "Now" }, { name: "Bash", input: { command: "ls" } }]);
    const second = [...first, { role: "assistant", content: answer.content }, result("t1", "a.txt")];
    expect((await answerFor(second)).content).toMatchObject([{ text: "Both seen" }, { input: { command: "pwd" } }]);
    expect(await textFor(...second, said("x"), result("t2", "/home"))).toBe("Done: /home");
  });

  test("puts tools with a plus into the same answer", async () => {
    const { content } = await answerFor([user("[[read:/a]][[+read:/b]][[+bash:ls]]")]);
    expect(content).toMatchObject([{ name: "Read" }, { name: "Read" }, { name: "Bash" }]);
    expect(new Set(content.map(({ id }) => id)).size).toBe(3);
  });

  test("hands directives in round brackets on to subagents and to named tools", async () => {
    const agent = await answerFor([user("[[agent:look ((text:hi))]]")], { tools: [bash, { name: "Agent" }] });
    expect(agent.content).toMatchObject([{ name: "Agent", input: { prompt: "look [[text:hi]]" } }]);
    const named = await answerFor([user('[[tool:mcp__team__send {"message":"((bash:ls))"}]]')]);
    expect(named.content).toMatchObject([{ name: "mcp__team__send", input: { message: "[[bash:ls]]" } }]);
  });

  test("may come from the test instead of the prompt", async () => {
    api.script(({ prompt }) => (prompt === "plain" ? "[[text:scripted]]" : undefined));
    expect(await textFor(user("plain"))).toBe("scripted");
    expect(await textFor(user("other"))).toBe("Echo: other");
  });

  test("answers what offers no tools aside", async () => {
    expect((await answerFor([user("[[bash:ls]]")], { tools: [] })).stop_reason).toBe("end_turn");
  });
});

describe("an error", () => {
  test("comes every time, or as often as it says", async () => {
    const always = [await post([user("[[err:401]]")]), await post([user("[[err:401]]")])];
    expect(always.map(({ status }) => status)).toEqual([401, 401]);
    expect(await always[0]?.json()).toMatchObject({ type: "error", error: { type: "authentication_error" } });
    const statuses: number[] = [];
    for (const _ of [1, 2, 3]) statuses.push((await post([user("[[err:529*2]] [[text:at last]]")])).status);
    expect(statuses).toEqual([529, 529, 200]);
  });

  test("is the answer to a body that is not JSON and to an unknown path, not to the small ones Claude Code uses", async () => {
    expect((await fetch(`${api.url}/v1/messages`, { method: "POST", body: "{" })).status).toBe(400);
    expect((await fetch(`${api.url}/v1/nothing`)).status).toBe(404);
    expect((await fetch(`${api.url}/v1/models`)).status).toBe(200);
    expect((await fetch(api.url, { method: "HEAD" })).status).toBe(200);
    const counted = await fetch(`${api.url}/v1/messages/count_tokens`, { method: "POST", body: "x".repeat(40) });
    expect(await counted.json()).toEqual({ input_tokens: 10 });
  });
});

describe("a gate", () => {
  test("holds an answer that has begun until it is opened", async () => {
    const response = await post([user("[[text:before ]][[gate:door]][[text:after]]")]);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let seen = "";
    while (!seen.includes("before ")) seen += (await reader?.read())?.value ?? expect.unreachable("the stream ended");
    expect(seen).not.toContain("after");
    api.open("door");
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) seen += part.value;
    expect(parseEvents(seen).at(-1)).toMatchObject({ type: "message_stop" });
    expect(await textFor(user("[[gate:door]][[text:stays open]]"))).toBe("stays open");
  });

  test("lets go of a client that left, and of all when the API closes", async () => {
    const leaving = new AbortController();
    const left = post([user("[[gate:never]]")], {}, leaving.signal).then((response) => response.text());
    const held = post([user("held [[gate:never]]")]).then((response) => response.text());
    await api.until(({ prompt }) => prompt?.startsWith("held") ?? false);
    leaving.abort();
    await expect(left).rejects.toThrow();
    await api.close();
    await expect(held).rejects.toThrow();
  });
});

describe("what the API received", () => {
  test("is kept to the letter, without what Claude Code adds", async () => {
    const odd = '  two\n lines\t"quoted" 😀 \n';
    await post([user("<system-reminder>\nrules\n</system-reminder>\n", odd)]);
    expect(api.requests.at(-1)).toMatchObject({ session: "one", prompt: odd, texts: [odd], tools: ["Bash"] });
  });

  test("is every human message of the conversation, merged and absorbed ones too", async () => {
    const absorbed =
      "The user sent a new message while you were working:\nalso this\n\nThis is how Claude Code surfaces it.";
    await post([
      user("one\n", "two"),
      said("ok"),
      { role: "user", content: "<command-name>/x</command-name>" },
      user(absorbed),
    ]);
    expect(api.requests.at(-1)?.texts).toEqual(["one", "two", "also this"]);
  });

  test("can be awaited before and after it arrives, and given up", async () => {
    const coming = api.until(({ prompt }) => prompt === "soon");
    await post([user("soon")]);
    expect((await coming).prompt).toBe("soon");
    expect((await api.until(({ prompt }) => prompt === "soon")).session).toBe("one");
    await expect(api.until(() => false, AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
  });
});
