import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { openTranscript } from "../main/transcript/open.ts";
import { atMost, median, type Row, reported } from "./row.ts";
import { grow } from "./transcript-lines.ts";

const tries = 300;

/** What it takes to open a transcript of 500 MB: until its last text is known, and until all of it is counted. */
export async function measureOpen(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "claude-team-bench-"));
  const [small, large] = [join(folder, "small.jsonl"), join(folder, "large.jsonl")];
  try {
    grow(small, 1);
    grow(large, 500);
    const times = { small: [] as number[], large: [] as number[], read: [] as number[] };
    for (let i = 0; i < tries; i++) {
      times.read.push(readOnce(large));
      times.large.push(openOnce(large));
      times.small.push(openOnce(small));
      if (i % 20 === 0) await delay(1);
    }
    const [read, most, least] = [median(times.read), median(times.large), median(times.small)];
    const note = `${most.toFixed(0)} µs at 500 MB, ${least.toFixed(0)} µs at 1 MB, ${read.toFixed(0)} µs to open it and read 64 kB`;
    return [
      atMost("open.last", most / read, 4, note),
      atMost("open.flat", most / least, 1.5, note),
      ...(await whole(large)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The least that opening a file and seeing its end can take: one read of 64 kB. */
function readOnce(path: string): number {
  const begun = performance.now();
  const fd = openSync(path, "r");
  const bytes = Buffer.allocUnsafe(64 * 1024);
  readSync(fd, bytes, 0, bytes.length, fstatSync(fd).size - bytes.length);
  closeSync(fd);
  return (performance.now() - begun) * 1000;
}

/** From nothing known to the last text and whether the turn is over. */
function openOnce(path: string): number {
  const begun = performance.now();
  using transcript = openTranscript({ told() {}, changed() {} });
  transcript.follow(path);
  const known = transcript.summary.lastReply !== null && transcript.turns.at(-1)?.ended === true;
  const took = performance.now() - begun;
  if (!known) throw new Error(`${path} was opened without its last turn`);
  return took * 1000;
}

/** Counts the whole file, and tells the longest turn of the loop meanwhile: its CPU time, for other processes hold it up, too. */
async function whole(path: string): Promise<Row[]> {
  const runs = [];
  for (let i = 0; i < 5; i++) runs.push(await countOnce(path));
  const [turn, took] = [median(runs.map((run) => run.turn)), median(runs.map((run) => run.took))];
  const note = `${runs[0]?.total} messages counted in ${took.toFixed(0)} ms`;
  return [atMost("loop.block", turn, 50, `ms; ${note}`), reported("scan.500", took, `ms; ${note}`)];
}

async function countOnce(path: string): Promise<{ turn: number; took: number; total: number }> {
  const longest = watchLoop();
  const begun = performance.now();
  using transcript = openTranscript({ told() {}, changed() {} });
  transcript.follow(path);
  const { total } = await transcript.page({});
  return { turn: longest(), took: performance.now() - begun, total };
}

/** Watches every turn of the loop; the longest of them in milliseconds of CPU time, once asked. */
function watchLoop(): () => number {
  let longest = 0;
  let before = process.cpuUsage();
  let next = setImmediate(turn);
  function turn(): void {
    const { user, system } = process.cpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
    before = process.cpuUsage();
    next = setImmediate(turn);
  }
  return () => {
    clearImmediate(next);
    return longest;
  };
}
