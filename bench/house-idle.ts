import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { transcriptPath } from "../main/transcript/locate.ts";
import { type BenchHouse, openBare, openHouse, type Probed } from "./house.ts";
import { timesOf } from "./http-world.ts";
import { atMost, median, type Row } from "./row.ts";
import { grow } from "./transcript-lines.ts";

const many = 50;
/** Whole numbers of every sweep: of transcripts each 2 s, of live status files each 5 s. */
const windowMs = 10_000;
const windows = 5;
const rounds = 9;
const calls = 50;

/** A house of fifty idle workers beside a house of one: what the others cost in processor time, memory and listing. */
export async function measureIdle(): Promise<Row[]> {
  await using crowd = await openHouse("idle");
  await using one = await openHouse("idle");
  await using bare = openBare();
  await settle(crowd, many);
  await settle(one, 1);
  return [await idleCpu(crowd, bare), await list(crowd, one), await memory(crowd, one)];
}

/** Spawns so many and gives each a transcript of 2 MB; resolves when all of them are known and nothing is left to clear away. */
async function settle({ manager, project, config, home, usage }: BenchHouse, count: number): Promise<void> {
  const long = join(home, "long.jsonl");
  grow(long, 2);
  for (let i = 0; i < count; i++) {
    const { claude_session_id: conversation } = await manager.call("spawn_session", { project_path: project });
    const path = transcriptPath(config, project, String(conversation));
    mkdirSync(dirname(path), { recursive: true });
    copyFileSync(long, path);
  }
  for (;;) {
    const { sessions } = (await manager.call("list_sessions")) as { sessions: { last_response_preview: unknown }[] };
    if (sessions.filter((session) => session.last_response_preview).length === count) break;
    await delay(100);
  }
  await usage("memory");
}

async function idleCpu(crowd: Probed, bare: Probed): Promise<Row> {
  const costs: { ours: number; bare: number }[] = [];
  for (let i = 0; i < windows; i++) {
    const before = await Promise.all([crowd.usage("cpu"), bare.usage("cpu")]);
    await delay(windowMs);
    const after = await Promise.all([crowd.usage("cpu"), bare.usage("cpu")]);
    const [ours = 0, idle = 0] = after.map(({ cpu }, n) => perMinute(cpu - (before[n]?.cpu ?? 0)));
    costs.push({ ours, bare: idle });
  }
  const value = median(costs.map((cost) => cost.ours - cost.bare));
  const note = `ms/min more than a bare Node's ${median(costs.map((cost) => cost.bare)).toFixed(0)}; ${many} workers, median of ${windows} windows of ${windowMs / 1000} s`;
  return atMost("idle.cpu", value, 60, note);
}

/** Milliseconds in a minute, from microseconds in a window. */
const perMinute = (micros: number): number => (micros / 1000) * (60_000 / windowMs);

async function list(crowd: BenchHouse, one: BenchHouse): Promise<Row> {
  const times: { crowd: number[]; one: number[] } = { crowd: [], one: [] };
  const ask = ({ manager }: BenchHouse) => timesOf(calls, () => manager.call("list_sessions"));
  await Promise.all([ask(crowd), ask(one)]);
  for (let i = 0; i < rounds; i++) {
    times.crowd.push(median(await ask(crowd)));
    times.one.push(median(await ask(one)));
  }
  const ratio = median(times.crowd.map((time, i) => time / (times.one[i] ?? Number.NaN)));
  const note = `${median(times.crowd).toFixed(2)} ms for ${many} workers, ${median(times.one).toFixed(2)} ms for one`;
  return atMost("list.50", ratio, 3, note);
}

async function memory(crowd: Probed, one: Probed): Promise<Row> {
  const samples: number[] = [];
  for (let i = 0; i < 5; i++) {
    const [most, least] = await Promise.all([crowd.usage("memory"), one.usage("memory")]);
    samples.push((most.rss - least.rss) / (many - 1) / 1e6);
  }
  const note = "MB for each further worker, with its screen of 120×40, 200 rows above it, and 2 MB of transcript";
  return atMost("mem.worker", median(samples), 3, note);
}
