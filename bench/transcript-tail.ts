import { execFileSync, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openTranscript } from "../main/transcript/open.ts";
import { atMost, median, percentile, type Row, reported } from "./row.ts";
import { createLines, grow, stampedPrompt } from "./transcript-lines.ts";

const appends = 400;
const rounds = 5;
const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** How soon an appended line is told, against the limit of the same system on the same appends; and whether any is missed. */
export async function measureTail(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "claude-team-bench-"));
  try {
    const limit = buildLimit(folder);
    const races: Race[] = [];
    for (let i = 0; i < rounds; i++) races.push(await race(join(folder, `race-${i}.jsonl`), limit));
    return [...latencyRows(races, limit), await lost(join(folder, "lost.jsonl")), await size(folder)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Limit {
  readonly name: string;
  readonly start: (path: string) => ReturnType<typeof spawn>;
}

function buildLimit(folder: string): Limit {
  const binary = join(folder, "limit");
  try {
    execFileSync("cc", ["-O2", "-o", binary, beside("transcript-limit.c")], { stdio: "ignore" });
    return { name: "inotify in C", start: (path) => spawn(binary, [path, String(appends)]) };
  } catch {
    // No compiler, or no inotify: Node's own watch is the limit.
    const start = (path: string) => fork(beside("transcript-limit.ts"), [path, String(appends)], { silent: true });
    return { name: "fs.watch", start };
  }
}

interface Race {
  readonly ours: number[];
  readonly limit: { p50: number; p99: number };
}

/** Both read the same appends of a third process. */
async function race(path: string, limit: Limit): Promise<Race> {
  writeFileSync(path, createLines().turn());
  const ours: number[] = [];
  using transcript = openTranscript({
    told(told) {
      if (told.event !== "prompted" || !told.text.startsWith("at ")) return;
      ours.push(Number(process.hrtime.bigint() - BigInt(told.text.slice(3))) / 1000);
    },
    changed() {},
  });
  transcript.follow(path);
  await transcript.settled();
  const rival = limit.start(path);
  if (!rival.stdout) throw new Error("the limit has no output");
  const words = createInterface({ input: rival.stdout })[Symbol.asyncIterator]();
  await words.next();
  const writer = fork(beside("transcript-writer.ts"), [path, String(appends)]);
  const figures = (await words.next()).value?.split(" ").map(Number) ?? [];
  if (writer.exitCode === null) await once(writer, "exit");
  await transcript.settled();
  return { ours, limit: { p50: figures[0] ?? Number.NaN, p99: figures[1] ?? Number.NaN } };
}

function latencyRows(races: readonly Race[], limit: Limit): Row[] {
  const seen = races.reduce((sum, race) => sum + race.ours.length, 0);
  const compare = (share: number, of: (race: Race) => number) => {
    const ours = races.map((race) => percentile(race.ours, share));
    const ratio = median(races.map((race, i) => (ours[i] ?? Number.NaN) / of(race)));
    const note = `${median(ours).toFixed(0)} µs against ${median(races.map(of)).toFixed(0)} µs (${limit.name})`;
    return { ratio, note };
  };
  const p50 = compare(0.5, (race) => race.limit.p50);
  const p99 = compare(0.99, (race) => race.limit.p99);
  return [
    atMost("tail.p50", p50.ratio, 3, `${p50.note}, ${seen} of ${rounds * appends} told`),
    reported("tail.p99", p99.ratio, p99.note),
  ];
}

/** Three appends 12 ms apart, then silence, as Claude Code writes the end of a turn: is the last one told within 100 ms? */
async function lost(path: string): Promise<Row> {
  let told = 0;
  using transcript = openTranscript({ told: () => told++, changed() {} });
  transcript.follow(path);
  let missing = 0;
  for (let burst = 1; burst <= 40; burst++) {
    for (let i = 0; i < 3; i++) {
      appendFileSync(path, stampedPrompt());
      await delay(12);
    }
    await delay(100);
    if (told !== burst * 3) missing++;
  }
  return atMost("tail.lost", missing, 0, "of 40 bursts");
}

/** CPU time of an append and its telling in a file of 500 MB, against one of 1 MB. */
async function size(folder: string): Promise<Row> {
  const paths = [join(folder, "small.jsonl"), join(folder, "large.jsonl")];
  grow(paths[0] ?? "", 1);
  grow(paths[1] ?? "", 500);
  const costs: number[][] = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const [i, path] of paths.entries()) costs[i]?.push(await appendCost(path));
  }
  const [small, large] = costs.map(median);
  const note = `${large?.toFixed(0)} µs against ${small?.toFixed(0)} µs`;
  return atMost("tail.size", (large ?? Number.NaN) / (small ?? Number.NaN), 2, note);
}

async function appendCost(path: string): Promise<number> {
  let told = 0;
  using transcript = openTranscript({ told: () => told++, changed() {} });
  transcript.follow(path);
  await transcript.settled();
  const before = process.cpuUsage();
  for (let i = 0; i < 300; i++) {
    appendFileSync(path, stampedPrompt());
    await transcript.settled();
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 300;
}
