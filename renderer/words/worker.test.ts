import { describe, expect, test } from "vitest";
import type { ActivityEntry } from "../../contract/activity.ts";
import type { Closing, Digest } from "../../contract/digest.ts";
import type { Message } from "../../contract/message.ts";
import type { WorkerId } from "../../contract/worker.ts";
import { attachCommand } from "./attach.ts";
import { closingFacts, losesMore } from "./closing.ts";
import { digestLines } from "./digest.ts";
import { whoAnswered } from "./settled.ts";
import { firstSince } from "./since.ts";

describe("what closing would lose", () => {
  const nothing: Closing = { phase: "idle", requests: 0, queued: [], draft: null, changes: null, resumable: true };
  const told = (facts: Partial<Closing>) =>
    closingFacts({ ...nothing, ...facts }).map(({ what, parts }) => [what, ...parts].join("|"));

  test("is nothing for an idle worker with nothing open", () => {
    expect(told({})).toEqual([]);
    expect(told({ changes: { count: 0, files: [] } })).toEqual([]);
  });

  test("is told one by one", () => {
    const changes = { count: 3, files: ["a.ts", "b.ts"] };
    expect(told({ phase: "working", requests: 2, queued: ["do this"], draft: "half", changes })).toEqual([
      "It is working. What it does now is broken off.",
      "It waits for 2 answers.",
      "1 message will not be delivered:|do this",
      "This stands in its input box and was not sent:|half",
      "3 changed files that git has no commit of; they stay on disk:|a.ts|b.ts|and 1 more",
    ]);
  });

  test("is more when anything was added to what was told, and not when only less is left or other files stay on disk", () => {
    const shown: Closing = { ...nothing, requests: 1, queued: ["do this", "and that"], draft: "half" };
    const more = (facts: Partial<Closing>) => losesMore({ ...shown, ...facts }, shown);
    const added: Partial<Closing>[] = [
      { phase: "working" },
      { requests: 2 },
      { queued: ["do this", "and that", "and then"] },
      { draft: "half of it" },
      { resumable: false },
    ];
    expect(added.map(more)).toEqual(added.map(() => true));
    const changes = { count: 1, files: ["a.ts"] };
    const left: Partial<Closing>[] = [{}, { requests: 0 }, { queued: ["and that"] }, { draft: null }, { changes }];
    expect(left.map(more)).toEqual(left.map(() => false));
    expect(losesMore(nothing, { ...nothing, phase: "working" })).toBe(false);
  });
});

describe("what happened since a person looked", () => {
  const digest: Digest = {
    since: 0,
    whole: true,
    heard: 1,
    said: 4,
    tools: [
      { name: "Bash", count: 7, failed: 2 },
      { name: "Edit", count: 1, failed: 0 },
    ],
    files: ["/p/src/a.ts", "/elsewhere/b.ts"],
    lastReply: { messageId: "m", text: "## Done\nAll pass.", at: 0 },
    problems: [],
  };

  test("is told in a few lines", () => {
    expect(digestLines(digest, "/p")).toEqual([
      "4 messages from it, 1 to it",
      "8 tool calls, 2 failed: Bash 7×, Edit 1×",
      "Wrote src/a.ts, /elsewhere/b.ts",
      "Said last: Done",
    ]);
  });

  test("says when it is not all, names only some of many, and each problem once", () => {
    const problem = { is: "api_error", text: "API error 529", at: 0 } as const;
    const files = Array.from({ length: 9 }, (_, i) => `/p/${i}`);
    const lines = digestLines({ ...digest, whole: false, files, tools: [], problems: [problem, problem] }, "/p");
    expect(lines).toEqual([
      "More than 4 messages from it, 1 to it",
      "Wrote 0, 1, 2, 3 and 5 more",
      "Went wrong: API error 529",
      "Said last: Done",
    ]);
  });
});

describe("who answered a request that is gone", () => {
  const entry = (patch: Partial<ActivityEntry>) => ({ ref: "r1", outcome: null, ...patch }) as ActivityEntry;
  test.each<[string, Partial<ActivityEntry>]>([
    ["Answered by the manager (allowed):", { by: "manager", did: "answered", outcome: "allowed" }],
    ["Answered by a rule of yours:", { by: "rule", did: "answered" }],
    ["Answered by you, elsewhere:", { by: "person", did: "answered" }],
    ["Answered in the terminal, or taken back:", { by: "team", did: "settled" }],
    ["Answered elsewhere, or taken back:", { by: "manager", did: "answered", ref: "r2" }],
    ["Answered elsewhere, or taken back:", { by: "worker", did: "asked" }],
  ])("%s", (words, patch) => {
    expect(whoAnswered([entry({ did: "asked", by: "worker" }), entry(patch)], "r1")).toBe(words);
  });
});

describe("the first new message", () => {
  const messages = [10, 20, 30].map((at, seq) => ({ at, seq })) as Message[];
  test.each([
    [null, undefined],
    [5, undefined],
    [10, 1],
    [25, 2],
    [30, undefined],
  ])("after the moment %s is number %s", (moment, seq) => {
    expect(firstSince(messages, moment)).toBe(seq);
  });
});

test("the command to attach takes a name only where a shell reads it as one plain word", () => {
  const command = (name: string) => attachCommand({ id: "worker-7" as WorkerId, name });
  expect(command("ana-2")).toBe("claude-team attach ana-2");
  for (const name of ["two words", "$(rm)", "-x", "a;b"]) expect(command(name)).toBe("claude-team attach worker-7");
});
