import { describe, expect, test } from "vitest";
import type { Observation } from "../../contract/observation.ts";
import type { Phase } from "../../contract/worker.ts";
import { noEvidence, note } from "./evidence.ts";
import { answeredMs, closingLineMs, idleSettleMs, judge, unexplainedMs } from "./judge.ts";
import type { Dialogs } from "./unexplained.ts";

const conversation = "11111111-1111-4111-8111-111111111111";
const hook = { signal: "hook", conversation, transcript: null } as const;
type At = { at: number };
/** A Claude Code whose dialogs show what they ask word by word. */
const claude: Dialogs = {
  describe: (tool, input) => ({ title: `Use ${tool}`, detail: JSON.stringify(input) }),
  matches: ({ asking }, request) => request.kind === "permission" && (asking?.text.endsWith(request.detail) ?? false),
};

const live = (at: number, status: "idle" | "busy" | "waiting", waitingFor: string | null = null): Observation => ({
  ...{ at, signal: "live", status, waitingFor, conversation },
  ...{ pid: 42, name: "w", version: "2.1.330" },
});
const submitted = (at: number): Observation => ({ at, ...hook, event: "UserPromptSubmit", text: "hi", prompt: "p1" });
const stopped = (at: number, background = 0): Observation => ({
  ...{ at, ...hook, event: "Stop", lastText: "done", background, prompt: "p1" },
});
const limited = (at: number) => ({ is: "rate_limited", text: "429", at }) as const;
const failed = (at: number): Observation => ({ at, ...hook, event: "StopFailure", problem: limited(at) });
const broke = (at: number): Observation => ({ at, signal: "transcript", event: "failed", problem: limited(at) });
const prompted = (at: number): Observation => ({
  ...{ at, signal: "transcript", event: "prompted", prompt: "p1", text: "hi", absorbed: false },
});
const closed = (at: number, background = 0): Observation => ({
  at,
  signal: "transcript",
  event: "turn.ended",
  background,
});
const interrupted = (at: number): Observation => ({ at, signal: "transcript", event: "interrupted" });
const exited = (at: number): Observation => ({
  ...{ at, signal: "process", exited: { code: 1, reason: "exited with 1", lastWords: "boom" } },
});
const screen = (at: number, shows: Partial<Extract<Observation, { signal: "screen" }>>): Observation => ({
  ...{ at, signal: "screen", dialog: null, asking: null, retrying: null, box: false, ...shows },
});
const asks = (at: number, request: string, command = "touch x", agent: string | null = null): Observation => ({
  ...{ at, ...hook, event: "PermissionRequest" },
  ask: { kind: "permission", request, tool: "Bash", input: { command }, agent, title: "Bash", detail: command },
});
const called = (at: number, id: string, command = "touch x"): Observation => ({
  ...{ at, signal: "transcript", event: "tool.called", id, tool: "Bash", input: { command } },
});
const returned = (at: number, id: string): Observation => ({ at, signal: "transcript", event: "tool.returned", id });

/** Judges after every observation, as it happens, and once more at `now`. */
function judgeAll(observations: Observation[], now?: number, last: Phase = { is: "starting" }) {
  let evidence = noEvidence;
  let phase = last;
  for (const observation of observations) {
    evidence = note(evidence, observation);
    phase = judge(evidence, observation.at, phase, claude).phase;
  }
  return judge(evidence, now ?? (observations.at(-1) as At).at, phase, claude);
}
const isOf = (observations: Observation[], now?: number) => judgeAll(observations, now).phase.is;

describe("live status decides", () => {
  test.each([
    ["nothing is known yet", [screen(1, {})], 1, "starting"],
    ["idle at the start is ready at once", [live(1, "idle")], 1, "idle"],
    ["busy", [live(1, "idle"), live(2, "busy")], 2, "working"],
    ["busy although a Stop hook came (a background agent runs)", [live(1, "busy"), stopped(2, 1)], 9000, "working"],
    ["busy although the transcript closed the turn", [live(1, "busy"), prompted(2), closed(3)], 9000, "working"],
    [
      "idle after Esc, with no hook and no closing line",
      [submitted(1), live(2, "busy"), live(3, "idle")],
      3 + closingLineMs,
      "idle",
    ],
    [
      "idle with the interruption in the transcript",
      [live(1, "busy"), prompted(2), live(3, "idle"), interrupted(4)],
      3 + idleSettleMs,
      "idle",
    ],
    ["gone, whatever the status file says", [live(1, "busy"), exited(2)], 2, "gone"],
  ] as const)("%s", (_, observations, now, expected) => {
    expect(isOf([...observations], now)).toBe(expected);
  });

  test("a fall to idle counts only after it has lasted, since status is idle for a moment between two turns", () => {
    const turn = [
      live(0, "idle"),
      submitted(10),
      live(11, "busy"),
      prompted(12),
      submitted(50),
      closed(90),
      stopped(95),
      live(100, "idle"),
    ];
    expect(isOf(turn, 101)).toBe("working");
    expect(judgeAll(turn, 101).again).toBe(100 + idleSettleMs);
    expect(isOf(turn, 100 + idleSettleMs)).toBe("idle");
    expect(isOf([...turn, live(140, "busy")], 100 + idleSettleMs)).toBe("working");
  });

  test("idle counts at once when hook, transcript and status all say that the turn is over, and nothing is queued", () => {
    const turn = [live(0, "idle"), submitted(10), live(11, "busy"), prompted(12), stopped(95), live(100, "idle")];
    expect(isOf(turn, 101)).toBe("working");
    expect(isOf([...turn, closed(110)], 110)).toBe("idle");
  });

  test("idle waits for the turn's closing line, but not for ever", () => {
    const turn = [live(0, "busy"), prompted(1), stopped(90), live(100, "idle")];
    expect(isOf(turn, 100 + idleSettleMs)).toBe("working");
    expect(isOf([...turn, closed(300)], 300)).toBe("idle");
    expect(isOf(turn, 100 + closingLineMs)).toBe("idle");
  });

  test("idle waits for the closing line also when the transcript shows nothing of the turn yet", () => {
    const turn = [live(0, "busy"), submitted(1), stopped(90), live(100, "idle")];
    expect(isOf(turn, 100 + idleSettleMs)).toBe("working");
    expect(isOf([...turn, prompted(2), closed(300)], 300)).toBe("idle");
    expect(isOf(turn, 100 + closingLineMs)).toBe("idle");
  });

  test("a prompt seen before live status turns busy is work already", () => {
    expect(isOf([live(0, "idle"), submitted(1000)], 1001)).toBe("working");
  });
});

describe("requests", () => {
  test("a permission is asked when its hook call comes, before or after status waits", () => {
    const first = judgeAll([live(1, "busy"), asks(2, "r1"), live(3, "waiting", "permission prompt")]);
    const second = judgeAll([live(1, "busy"), live(2, "waiting", "permission prompt"), asks(20, "r1")]);
    for (const { phase } of [first, second]) {
      expect(phase).toMatchObject({
        is: "asking",
        requests: [{ id: "r1", kind: "permission", via: "hook", detail: "touch x" }],
      });
    }
  });

  test("waiting without a hook is not called asking before the hook had its time", () => {
    const waits = [live(1, "busy"), live(10, "waiting", "permission prompt")];
    expect(isOf(waits, 11)).toBe("working");
    expect(judgeAll(waits, 10 + unexplainedMs).phase).toMatchObject({
      is: "asking",
      requests: [{ kind: "dialog", via: "terminal" }],
    });
  });

  test("after a restart of ours the request is the unfinished tool call, answered by key once its dialog was read", () => {
    const known = [
      called(1, "t1", "rm -r build"),
      live(2, "waiting", "permission prompt"),
      screen(3, { asking: "Bash rm -r build" }),
    ];
    const { phase } = judgeAll(known, 2 + unexplainedMs);
    expect(phase).toMatchObject({ is: "asking", requests: [{ kind: "permission", tool: "Bash", via: "key" }] });
  });

  test("of several it is the one that the dialog shows, and none before that was read", () => {
    const several = [
      ...[called(1, "t1", "ls"), called(1, "t2", "rm -r build"), called(1, "t3", "pwd")],
      live(2, "waiting", "permission prompt"),
    ];
    const asked = (...more: Observation[]) => judgeAll([...several, ...more], 2 + unexplainedMs).phase;
    expect(asked()).toMatchObject({ requests: [{ kind: "dialog", via: "terminal" }] });
    const shown = { kind: "permission", via: "key", detail: '{"command":"rm -r build"}' };
    expect(asked(screen(3, { asking: 'Bash {"command":"rm -r build"}' }))).toMatchObject({ requests: [shown] });
    const other = { kind: "dialog", via: "terminal", detail: "Read /etc/hosts" };
    expect(asked(screen(3, { asking: "Read /etc/hosts" }))).toMatchObject({ requests: [other] });
  });

  test("its tool returned before status left waiting: nothing is asked any more", () => {
    const answered = [
      live(1, "busy"),
      called(2, "t1", "a"),
      asks(3, "r1", "a"),
      live(4, "waiting", "permission prompt"),
      returned(9000, "t1"),
    ];
    expect(isOf(answered, 9001)).toBe("working");
    expect(isOf([...answered, asks(9002, "r2", "b")], 9003)).toBe("asking");
    expect(isOf(answered, 9000 + answeredMs)).toBe("asking");
  });

  test("answered in the terminal: status leaves waiting, and the request is closed", () => {
    expect(isOf([live(1, "busy"), asks(2, "r1"), live(3, "waiting"), live(50, "busy")])).toBe("working");
  });

  test("a status that is older than the request does not close it", () => {
    expect(isOf([asks(2, "r1"), live(3, "busy")])).toBe("asking");
  });

  test("two at once under one waiting: the one whose tool returned is closed, the other stays", () => {
    const two = [
      live(1, "busy"),
      called(2, "t1", "a"),
      called(2, "t2", "b"),
      asks(3, "r1", "a"),
      asks(4, "r2", "b"),
      live(5, "waiting"),
    ];
    expect(judgeAll([...two, returned(60, "t2")]).phase).toMatchObject({ requests: [{ id: "r1" }] });
    expect(judgeAll([...two, returned(60, "t1")]).phase).toMatchObject({ requests: [{ id: "r2" }] });
  });

  test("a subagent's request is asked although status stays busy, and survives the main turn's end", () => {
    const agent = [live(1, "busy"), asks(2, "r1", "x", "agent-7")];
    expect(judgeAll(agent).phase).toMatchObject({ is: "asking", requests: [{ id: "r1", agent: "agent-7" }] });
    expect(isOf([...agent, stopped(3, 1), live(4, "busy")])).toBe("asking");
  });

  test("a call that broke off while Claude still waits can be answered by key", () => {
    const broken = [
      live(1, "busy"),
      asks(2, "r1"),
      live(3, "waiting"),
      { at: 4, ...hook, event: "PermissionRequest.ended", request: "r1" } as const,
    ];
    expect(judgeAll(broken).phase).toMatchObject({ is: "asking", requests: [{ id: "r1", via: "key" }] });
  });

  test("a start-up dialog is a request while there is no live status, and none afterwards", () => {
    const trust = screen(5, { dialog: { dialog: "trust", detail: "Do you trust it?" } });
    expect(judgeAll([trust]).phase).toMatchObject({
      is: "asking",
      requests: [{ kind: "dialog", dialog: "trust", via: "key" }],
    });
    expect(isOf([trust, live(6, "idle")])).toBe("idle");
  });

  test("a dialog that stays on the screen keeps its request id", () => {
    const dialog = { dialog: "trust", detail: "Do you trust it?" } as const;
    const [first, second] = [
      judgeAll([screen(5, { dialog })]),
      judgeAll([screen(5, { dialog }), screen(9, { dialog })]),
    ];
    expect(second.phase).toEqual(first.phase);
  });
});

describe("without a live status file", () => {
  test.each([
    ["hooks alone: a submitted prompt works", [submitted(1)], "working"],
    ["hooks alone: Stop is idle", [submitted(1), stopped(2)], "idle"],
    ["hooks alone: Stop with background agents still works", [submitted(1), stopped(2, 1)], "working"],
    [
      "hooks alone: a turn that failed is over, and what ran in the background before it is not known to run still",
      [submitted(1), stopped(2, 1), submitted(3), failed(4)],
      "idle",
    ],
    [
      "the same, once the transcript has closed it",
      [submitted(1), prompted(1), stopped(2, 1), closed(2, 1), submitted(3), prompted(3), failed(4), broke(5)],
      "idle",
    ],
    [
      "hooks alone: the next Stop counts what runs in the background anew",
      [stopped(2, 1), submitted(3), failed(4), submitted(5), stopped(6, 1)],
      "working",
    ],
    ["the transcript alone: an open turn works", [prompted(1)], "working"],
    ["the transcript alone: a closed turn is idle", [prompted(1), closed(2)], "idle"],
    ["the screen alone: an input box is idle", [screen(1, { box: true })], "idle"],
    [
      "the file went away while it worked",
      [live(1, "busy"), submitted(2), { at: 3, signal: "live", status: "gone" } as const],
      "working",
    ],
  ] as const)("%s", (_, observations, expected) => {
    expect(isOf([...observations])).toBe(expected);
  });
});

describe("why", () => {
  test("every signal has its say, and those that were overruled are named", () => {
    const { why } = judgeAll([live(1, "busy"), prompted(2), closed(3), stopped(4)], 5000);
    expect(why).toEqual([
      { signal: "live", says: "busy", at: 1, agrees: true },
      { signal: "hook", says: "stopped", at: 4, agrees: false },
      { signal: "transcript", says: "the turn is closed", at: 3, agrees: false },
    ]);
  });
});
