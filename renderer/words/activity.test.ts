import { describe, expect, test } from "vitest";
import type { ActivityEntry } from "../../contract/activity.ts";
import { activityText, activityWords, mergedActivity, narrowed } from "./activity.ts";

const entry = (patch: Partial<ActivityEntry>): ActivityEntry => ({
  seq: 1,
  at: 0,
  by: "person",
  did: "sent",
  worker: "worker-1" as ActivityEntry["worker"],
  name: "tests",
  ref: null,
  what: "run them",
  outcome: null,
  ...patch,
});

describe("an entry of the timeline", () => {
  test.each<[Partial<ActivityEntry>, string]>([
    [{}, "You sent a message to tests"],
    [{ by: "manager", did: "spawned" }, "The manager spawned tests"],
    [{ by: "worker", did: "asked" }, "tests asked"],
    [{ by: "team", did: "ended" }, "tests ended"],
    [{ by: "team", did: "settled" }, "tests no longer asks"],
    [{ by: "rule", did: "answered" }, "A rule answered tests"],
    [{ did: "configured", worker: null, name: null }, "You changed the settings"],
    [{ did: "closed", name: null }, "You closed worker-1"],
  ])("%j reads %j", (patch, words) => {
    const { who, verb, whom } = activityWords(entry(patch));
    expect([who, verb, whom].filter(Boolean).join(" ")).toBe(words);
  });

  test("as text says when, who, what and how it went", () => {
    const all = [entry({ seq: 2, did: "answered", what: "npm test", outcome: "allowed" }), entry({})];
    expect(activityText(all)).toBe(
      "1970-01-01T00:00:00.000Z You sent a message to tests: run them\n" +
        "1970-01-01T00:00:00.000Z You answered tests: npm test (allowed)\n",
    );
  });
});

test("what was said can neither begin a line of the text nor steer a terminal", () => {
  const hostile = entry({ name: "a\u202eb", what: "\u001b[2Jx\n1970 You allowed all", outcome: "\u0007" });
  expect(activityText([hostile])).toBe(
    "1970-01-01T00:00:00.000Z You sent a message to a\\u{202e}b: x 1970 You allowed all (\\u{7})\n",
  );
});

describe("the timeline", () => {
  const all = [
    entry({ seq: 3, by: "manager", name: "dates" }),
    entry({ seq: 2, by: "worker", did: "asked", what: "May I?" }),
    entry({ seq: 1, worker: "worker-2" as ActivityEntry["worker"] }),
  ];
  const everything = { by: "", worker: "", text: "" } as const;

  test("is narrowed by who acted, by worker and by words, together", () => {
    const seqs = (filter: object) => narrowed(all, { ...everything, ...filter }).map(({ seq }) => seq);
    expect(seqs({})).toEqual([3, 2, 1]);
    expect(seqs({ by: "manager" })).toEqual([3]);
    expect(seqs({ worker: "worker-2" })).toEqual([1]);
    expect(seqs({ text: "MAY asked" })).toEqual([2]);
    expect(seqs({ by: "manager", text: "may" })).toEqual([]);
  });

  test("is put together from pages that overlap, newest first", () => {
    expect(mergedActivity(all.slice(1), [...all].reverse()).map(({ seq }) => seq)).toEqual([3, 2, 1]);
  });
});
