import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { transcriptPath } from "../main/transcript/locate.ts";
import { type BenchHouse, openBare, openHouse, type Probed } from "./house.ts";
import { timesOf } from "./http-world.ts";
import { atMost, median, type Row } from "./row.ts";
import { grow } from "./transcript-lines.ts";

const many = 50;
/** At rest transcripts are swept each 30 s and live status files each 60 s: this holds both. */
const windowMs = 75_000;
const rounds = 9;
const calls = 50;

/** The least that watches fifty transcripts as we do: an event for each, and a look every 2 s for those that get lost. */
const watcher = `
  const { openSync, fstatSync, readdirSync, watch } = require("node:fs");
  const paths = readdirSync(process.argv[1]).map((name) => process.argv[1] + "/" + name);
  for (const path of paths) watch(path, () => {});
  const files = paths.map((path) => openSync(path, "r"));
  setInterval(() => files.forEach((file) => fstatSync(file)), 2000);`;

/** A house of fifty idle workers beside a house of one: what the others cost in processor time, memory and listing. */
export async function measureIdle(): Promise<Row[]> {
  await using crowd = await openHouse("idle");
  await using one = await openHouse("idle");
  const transcripts = await settle(crowd, many);
  await settle(one, 1);
  await using bare = openBare();
  await using peer = openBare(watcher, transcripts);
  return [await idleCpu({ ours: crowd, peer, bare }), await list(crowd, one), await memory(crowd, one)];
}

/** Spawns so many and gives each a transcript of 2 MB; resolves with their folder when all are known and nothing is left to clear away. */
async function settle({ manager, project, config, home, usage }: BenchHouse, count: number): Promise<string> {
  const long = join(home, "long.jsonl");
  grow(long, 2);
  let folder = "";
  for (let i = 0; i < count; i++) {
    const { claude_session_id: conversation } = await manager.call("spawn_session", { project_path: project });
    const path = transcriptPath(config, project, String(conversation));
    folder = dirname(path);
    mkdirSync(folder, { recursive: true });
    copyFileSync(long, path);
  }
  for (;;) {
    const { sessions } = (await manager.call("list_sessions")) as { sessions: { last_response_preview: unknown }[] };
    if (sessions.filter((session) => session.last_response_preview).length === count) break;
    await delay(100);
  }
  await usage("memory");
  return folder;
}

type Names = "ours" | "peer" | "bare";

/** Processor time in ms a minute beyond a bare Node's, over the whole window; the plain watcher shows what waking costs on this machine. */
async function idleCpu(processes: Record<Names, Probed>): Promise<Row> {
  const before = await cpuOf(processes);
  await delay(windowMs);
  const after = await cpuOf(processes);
  const beyond = (name: Names) => perMinute(after[name] - before[name] - (after.bare - before.bare));
  const note = `ms/min beyond a bare Node, for ${many} workers; a plain watcher of ${many} files: ${beyond("peer").toFixed(0)}`;
  return atMost("idle.cpu", beyond("ours"), 60, note);
}

async function cpuOf({ ours, peer, bare }: Record<Names, Probed>): Promise<Record<Names, number>> {
  const [mine, its, none] = await Promise.all([ours, peer, bare].map((one) => one.usage("cpu")));
  return { ours: mine?.cpu ?? 0, peer: its?.cpu ?? 0, bare: none?.cpu ?? 0 };
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
