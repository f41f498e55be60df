import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Json, linesIn, playFake, readJsonLines } from "./test-kit.ts";

const recorded = join(import.meta.dirname, "../../e2e/data/scenes/tour");

/** Everything one tour left behind. */
interface Tour {
  readonly transcript: readonly Json[];
  readonly hooks: readonly Json[];
  readonly statuses: readonly Json[];
}

const real: Tour = {
  transcript: linesIn(recorded),
  hooks: readJsonLines(join(recorded, "hooks.jsonl")).map(({ body }) => body as Json),
  statuses: readJsonLines(join(recorded, "status.jsonl")),
};

/** Takes the fake through the recorded tour, in the recorded order. */
async function tour(): Promise<Tour> {
  await using fake = await playFake("hello [[text:Hello there]]");
  const { enter, press, until, heard, status, reply } = fake;
  const stops = () => heard("Stop") + heard("StopFailure");
  const during = async (text: string, then: () => Promise<void>, turns = 1) => {
    const before = stops();
    enter(text);
    await then();
    await until(() => stops() >= before + turns && status() === "idle");
  };
  const turn = (text: string) => during(text, async () => undefined);
  const interrupt = async (text: string, when: () => boolean) => {
    enter(text);
    await until(when);
    press("\u001b");
    await until(() => status() === "idle");
  };
  const answerByKey = async (text: string) => {
    const before = heard("PermissionRequest");
    await during(text, async () => {
      await until(() => status() === "waiting" && heard("PermissionRequest") > before);
      press("1");
    });
  };

  await until(() => stops() === 1 && status() === "idle");
  reply(() => ({ behavior: "allow" }));
  await turn("two [[text:I will run it]] [[bash:touch a]]");
  reply(() => ({ behavior: "deny", message: "not now" }));
  await turn("three [[bash:touch b]]");
  reply(() => undefined);
  await answerByKey("four [[bash:touch c]]");
  reply(() => "hold");
  await interrupt("five [[bash:touch d]]", () => status() === "waiting" && fake.held.length === 1);
  reply(({ tool_input }) => ({
    behavior: "allow",
    updatedInput: { ...(tool_input as Json), answers: { "Which colour do you want?": "Blue" } },
  }));
  await turn("six [[ask]]");
  reply(() => undefined);
  await answerByKey("six b [[ask]]");
  const queue = async () => {
    await until(() => fake.screen().includes("A quiet line"));
    enter("queued one");
  };
  await during("seven [[slow:1]]", queue, 2);
  await interrupt("eight [[text:some text before the end]] [[slow:20]]", () => fake.screen().includes("● some text"));
  await turn("nine [[err:400]]");
  enter("/nonsense");
  await until(() => fake.screen().includes("Unknown command") && status() === "idle");
  reply(() => ({ behavior: "allow" }));
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
  expect(await fake.ended).toBe(0);
  expect(fake.sessions()).toEqual([]);
  return { transcript: fake.transcript(), hooks: fake.hooks, statuses: fake.statuses };
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
