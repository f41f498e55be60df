import { describe, expect, test } from "vitest";
import type { Screen } from "../../contract/screen.ts";
import { followScreen } from "./follow-screen.ts";

const screen = (rev: number): Screen => ({ rev, at: 0, cols: 80, rows: 24, lines: [], cursor: null });

/** Follows until so many pauses were made; each `reads` entry is a rev to give, or a failure to throw. */
async function follow(reads: (number | Error)[]) {
  const ending = new AbortController();
  const log: string[] = [];
  await followScreen(
    {
      read: async (after) => {
        log.push(`read after ${after ?? "nothing"}`);
        const next = reads.shift();
        if (next instanceof Error) throw next;
        return screen(next ?? 0);
      },
      show: ({ rev }) => log.push(`show ${rev}`),
      failed: (cause) => log.push(`failed ${(cause as Error).message}`),
      pause: async (ms) => {
        log.push(`pause ${ms}`);
        if (reads.length === 0) ending.abort();
      },
    },
    ending.signal,
  );
  return log;
}

describe("a followed screen", () => {
  test("is read after the revision that was shown, at most five times a second", async () => {
    expect(await follow([4, 7])).toEqual([
      "read after nothing",
      "show 4",
      "pause 200",
      "read after 4",
      "show 7",
      "pause 200",
    ]);
  });

  test("is tried again some time after a failure", async () => {
    expect(await follow([new Error("no terminal"), 2])).toEqual([
      "read after nothing",
      "failed no terminal",
      "pause 2000",
      "read after nothing",
      "show 2",
      "pause 200",
    ]);
  });

  test("is not shown any more once it is left", async () => {
    const ending = new AbortController();
    const shown: number[] = [];
    const read = async () => {
      ending.abort();
      return screen(1);
    };
    const show = ({ rev }: Screen) => shown.push(rev);
    await followScreen({ read, show, failed: () => {}, pause: async () => {} }, ending.signal);
    expect(shown).toEqual([]);
  });
});
