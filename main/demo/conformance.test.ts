import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { json } from "node:stream/consumers";
import { beforeAll, describe, expect, test } from "vitest";
import { runFakeClaude } from "./fake-claude.ts";
import { createWaiting } from "./waiting.ts";

type Json = Record<string, unknown>;
const recorded = join(import.meta.dirname, "../../e2e/data/scenes/tour");
const first = "0f0f0f0f-0000-4000-8000-000000000001";
const readLines = (path: string): Json[] =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** Everything one tour left behind. */
interface Tour {
  transcript: Json[];
  hooks: Json[];
  statuses: Json[];
}
const transcriptsIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl") && /^[0-9a-f]{8}-/.test(name))
    .sort((a, b) => Number(b.startsWith(first)) - Number(a.startsWith(first)))
    .flatMap((name) => readLines(join(folder, name)));

const real: Tour = {
  transcript: transcriptsIn(recorded),
  hooks: readLines(join(recorded, "hooks.jsonl")).map(({ body }) => body as Json),
  statuses: readLines(join(recorded, "status.jsonl")),
};

/** Takes the fake through the recorded tour, in the recorded order. */
async function tour(): Promise<Tour> {
  const config = mkdtempSync(join(tmpdir(), "fake-claude-"));
  const hooks: Json[] = [];
  const statuses: Json[] = [];
  const waiting = createWaiting();
  let reply: (payload: Json) => Json | undefined | "hold" = () => undefined;
  const held: ServerResponse[] = [];
  const server = createServer(async (request, response) => {
    const payload = (await json(request)) as Json;
    hooks.push(payload);
    const answer = payload.hook_event_name === "PermissionRequest" ? reply(payload) : undefined;
    if (answer === "hold") held.push(response);
    else response.end(answer && JSON.stringify({ hookSpecificOutput: { decision: answer } }));
    waiting.changed();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  mkdirSync(join(config, "sessions"));
  const statusFile = join(config, "sessions", `${process.pid}.json`);
  const readStatus = (): Json => {
    try {
      return JSON.parse(readFileSync(statusFile, "utf8"));
    } catch {
      return {}; // being written, or gone
    }
  };
  const watcher = watch(join(config, "sessions"), () => {
    statuses.push(readStatus());
    waiting.changed();
  });
  const command = `curl -s --data-binary @- http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const events = [...new Set(real.hooks.map((hook) => String(hook.hook_event_name)))];
  const settings = {
    hooks: Object.fromEntries(events.map((event) => [event, [{ hooks: [{ type: "command", command }] }]])),
  };
  const keyboard = new PassThrough();
  const terminal = Object.assign(new PassThrough(), { columns: 120, rows: 40 });
  let screen = "";
  terminal.on("data", (chunk) => {
    screen += chunk;
    waiting.changed();
  });

  const args = [
    "--session-id",
    first,
    "--name",
    "tour",
    "--permission-mode",
    "manual",
    "--settings",
    JSON.stringify(settings),
  ];
  const ended = runFakeClaude(
    [...args, "hello [[text:Hello there]]"],
    { ...process.env, CLAUDE_CONFIG_DIR: config },
    keyboard,
    terminal,
  );
  const status = () => readStatus().status;
  const heard = (event: string, more: (hook: Json) => boolean = () => true) =>
    hooks.filter((hook) => hook.hook_event_name === event && more(hook)).length;
  const stops = () => heard("Stop") + heard("StopFailure");
  const until = (ask: () => boolean) => waiting.until(() => ask() || undefined, AbortSignal.timeout(20_000));
  const enter = (text: string) => void keyboard.write(`\u001b[200~${text}\u001b[201~\r`);
  const during = async (text: string, then: () => Promise<void>, turns = 1) => {
    const before = stops();
    screen = "";
    enter(text);
    await then();
    await until(() => stops() >= before + turns && status() === "idle");
  };
  const turn = (text: string) => during(text, async () => undefined);
  const interrupt = async (text: string, when: () => boolean) => {
    screen = "";
    enter(text);
    await until(when);
    keyboard.write("\u001b");
    await until(() => status() === "idle");
  };
  const permissions = () => heard("PermissionRequest");
  /** Until the dialog is open and its hook has been told. */
  const asks = (before: number) => until(() => status() === "waiting" && permissions() > before);

  await until(() => stops() === 1 && status() === "idle");
  reply = () => ({ behavior: "allow" });
  await turn("two [[text:I will run it]] [[bash:touch a]]");
  reply = () => ({ behavior: "deny", message: "not now" });
  await turn("three [[bash:touch b]]");
  reply = () => undefined;
  const answerByKey = async (text: string) => {
    const before = permissions();
    await during(text, async () => {
      await asks(before);
      keyboard.write("1");
    });
  };
  await answerByKey("four [[bash:touch c]]");
  reply = () => "hold";
  await interrupt("five [[bash:touch d]]", () => status() === "waiting" && held.length === 1);
  reply = ({ tool_input }) => ({
    behavior: "allow",
    updatedInput: { ...(tool_input as Json), answers: { "Which colour do you want?": "Blue" } },
  });
  await turn("six [[ask]]");
  reply = () => undefined;
  await answerByKey("six b [[ask]]");
  const queue = async () => {
    await until(() => screen.includes("A quiet line"));
    enter("queued one");
  };
  await during("seven [[slow:1]]", queue, 2);
  await interrupt("eight [[text:some text before the end]] [[slow:20]]", () => screen.includes("some text before"));
  await turn("nine [[err:400]]");
  screen = "";
  enter("/nonsense");
  await until(() => screen.includes("Unknown command") && status() === "idle");
  reply = () => ({ behavior: "allow" });
  await during("eleven [[bash:sleep 0.5]] [[text:slept]]", async () => {
    await until(() => heard("PreToolUse", ({ tool_input }) => (tool_input as Json).command === "sleep 0.5") === 1);
    enter("absorbed");
  });
  await turn("par [[bash:touch e]] [[+bash:touch f]]");
  enter("/compact keep it short");
  await until(() => heard("PostCompact") === 1 && status() === "idle");
  enter("/clear");
  await until(() => heard("SessionStart", ({ source }) => source === "clear") === 1);
  await turn("ten [[think:Hm]] [[text:after clear]]");
  enter("/exit");
  expect(await ended).toBe(0);
  expect(readdirSync(join(config, "sessions"))).toEqual([]);

  const [project = ""] = readdirSync(join(config, "projects"));
  const transcript = transcriptsIn(join(config, "projects", project));
  watcher.close();
  server.closeAllConnections();
  server.close();
  rmSync(config, { recursive: true });
  return { transcript, hooks, statuses: statuses.filter((one) => one.pid) };
}

/** What sort of line it is: lines of one sort have the same fields. */
function kindOf(line: Json): string {
  const { type, subtype, attachment, message, operation } = line as Json & { attachment?: Json; message?: Json };
  if (subtype || operation || attachment) return `${type}/${subtype ?? operation ?? attachment?.type}`;
  if (type === "assistant") {
    const [block] = (message?.content ?? []) as Json[];
    return `assistant/${line.isApiErrorMessage ? "error" : line.isAbortedMidStream ? "cut short" : block?.type}`;
  }
  return type === "user" ? `user/${userKind(line, message?.content)}` : String(type);
}

function userKind(line: Json, content: unknown): string {
  if (typeof content === "string") {
    const machine = line.isCompactSummary ? "compact summary" : /^<([a-z-]+)>/.exec(content)?.[1];
    return machine ? `${machine}${line.promptId ? "" : " of clear"}` : "prompt";
  }
  const [block] = content as Json[];
  if (block?.type !== "tool_result") return `interrupted${line.interruptedMessageId ? " in its words" : ""}`;
  const answered = (line.toolUseResult as Json).answers ? " answered" : "";
  const decision = line.permissionDecision as Json | undefined;
  return `result ${line.toolDenialKind ?? decision?.source}${answered}`;
}

/** Data of tools and models, whose fields are not Claude Code's own. */
const opaque = /\.(input|tool_input|tool_response|answers|annotations|modelUsage|usage|updatedInput)$/;

/** `message.content.[].text: string` for every value in it. */
function paths(value: unknown, at = ""): string[] {
  if (opaque.test(at)) return [`${at}: ${typeof value}`];
  if (Array.isArray(value)) return value.length === 0 ? [`${at}: []`] : value.flatMap((one) => paths(one, `${at}.[]`));
  if (typeof value !== "object" || value === null) return [`${at}: ${value === null ? "null" : typeof value}`];
  return Object.entries(value).flatMap(([name, inner]) => paths(inner, at ? `${at}.${name}` : name));
}

/** Of each kind: what some line has, and what every line has. */
function shapes(lines: readonly Json[], kind: (line: Json) => string) {
  const all = new Map<string, { some: Set<string>; every: Set<string> }>();
  for (const line of lines) {
    const own = new Set(paths(line));
    const known = all.get(kind(line));
    all.set(kind(line), {
      some: new Set([...(known?.some ?? []), ...own]),
      every: new Set([...own].filter((path) => !known || known.every.has(path))),
    });
  }
  return all;
}

/** What the fake leaves out, because nothing reads it. */
const leftOut = [
  /^(api-request|file-history-snapshot|atis-latch|tools-used|cost-state|last-prompt)/,
  /^attachment\/(environment|model|date|session_context|deferred_tools_delta|agent_listing_delta|skill_listing|prompt_snapshot)/,
  /^attachment\/(remote_session_change|total_tokens_reminder|hook_success)/,
  /^SubagentStop/, // of the two agents that /compact uses
  /: lacks (slug|pidDomain|asksForConvertedSkills|messagingSocketPath|peerFeatures|compactMetadata\.preserved)/,
];
const matters = (name: string) => !leftOut.some((pattern) => pattern.test(name));

function differences(fake: readonly Json[], recorded: readonly Json[], kind: (line: Json) => string): string[] {
  const known = shapes(recorded, kind);
  return [...shapes(fake, kind)].flatMap(([name, { some, every }]) => {
    const model = known.get(name);
    if (!model) return [`${name}: never written by the real one`];
    const invented = [...some].filter((path) => !model.some.has(path)).map((path) => `${name}: invented ${path}`);
    const missing = [...model.every].filter((path) => !every.has(path)).map((path) => `${name}: lacks ${path}`);
    return [...invented, ...missing].filter(matters);
  });
}

describe("the fake Claude, on the tour that the real one was recorded on", () => {
  let fake: Tour;
  beforeAll(async () => {
    fake = await tour();
  }, 60_000);

  test("writes transcript lines with the fields of the real one", () => {
    expect(differences(fake.transcript, real.transcript, kindOf)).toEqual([]);
  });
  test("tells its hooks what the real one tells", () => {
    const kind = ({ hook_event_name, tool_name = "" }: Json) => `${hook_event_name} ${tool_name}`.trim();
    expect(differences(fake.hooks, real.hooks, kind)).toEqual([]);
  });
  test("keeps its live status file as the real one does", () => {
    expect(differences(fake.statuses, real.statuses, ({ status }) => String(status))).toEqual([]);
  });
  test("writes and tells in the same order", () => {
    const hooks = (tour: Tour) => tour.hooks.map(({ hook_event_name }) => String(hook_event_name)).filter(matters);
    expect(hooks(fake)).toEqual(hooks(real));
    // The head lines are repeated at moments of their own, and `remove` stands on either side of the tool's result.
    const elsewhere = ["custom-title", "agent-name", "mode", "permission-mode", "queue-operation/remove"];
    const ordered = (kind: string) => matters(kind) && !elsewhere.includes(kind);
    const written = (tour: Tour) => tour.transcript.map(kindOf).filter(ordered);
    expect(written(fake)).toEqual(written(real));
  });
});
