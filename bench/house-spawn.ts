import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import { spawn as spawnPty } from "@lydell/node-pty";
import { type BenchHouse, openHouse } from "./house.ts";
import { timesOf } from "./http-world.ts";
import { atMost, median, type Row } from "./row.ts";

const rounds = 15;

/** What spawn_session adds to the time Claude needs by itself, in starts of a process; and the turns of the model it takes. */
export async function measureSpawn(): Promise<Row[]> {
  await using house = await openHouse("scripted");
  const times = { whole: [] as number[], alone: [] as number[], process: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const whole = await spawnOnce(house);
    const alone = await startAlone(house);
    const started = await startProcess();
    // The first one warms the disk's cache.
    if (round === 0) continue;
    times.whole.push(whole);
    times.alone.push(alone);
    times.process.push(started);
  }
  return [extra(times), await modelTurns(house)];
}

function extra({ whole, alone, process }: Readonly<Record<"whole" | "alone" | "process", readonly number[]>>): Row {
  const extras = whole.map((time, round) => time - (alone[round] ?? Number.NaN));
  const [most, least, unit] = [median(whole), median(alone), median(process)];
  const note = `${most.toFixed(0)} ms, of which the fake Claude by itself ${least.toFixed(0)} ms; a process starts in ${unit.toFixed(1)} ms`;
  return atMost("spawn.extra", median(extras) / unit, 10, note);
}

/** Milliseconds until spawn_session is answered: the worker takes messages. */
async function spawnOnce({ manager, project }: BenchHouse): Promise<number> {
  const order = { project_path: project, session_name: "timed" };
  const [time = Number.NaN] = await timesOf(1, () => manager.call("spawn_session", order));
  const { status } = await manager.call("get_session_status", { session_id: "timed" });
  if (status !== "idle") throw new Error(`spawn_session returned a worker that is ${status}`);
  await manager.call("close_session", { session_id: "timed", force: true });
  return time;
}

/** Milliseconds until the same fake Claude, in a bare pseudo-terminal and without our hooks, says that it is idle. */
async function startAlone({ claude, env, config, project }: BenchHouse): Promise<number> {
  const sessions = join(config, "sessions");
  const before = performance.now();
  const args = ["--session-id", randomUUID(), "--permission-mode", "manual"];
  const pty = spawnPty(claude, args, { cols: 120, rows: 40, cwd: project, env });
  pty.onData(() => {});
  const ended = new Promise<void>((done) => void pty.onExit(() => done()));
  const file = join(sessions, `${pty.pid}.json`);
  await untilIn(sessions, () => readdirSync(sessions).includes(`${pty.pid}.json`) && isIdle(file));
  const time = performance.now() - before;
  pty.kill();
  await ended;
  return time;
}

/** It may be seen while it is being written. */
const isIdle = (file: string): boolean => readFileSync(file, "utf8").includes('"status":"idle"');

async function untilIn(folder: string, there: () => boolean): Promise<void> {
  const watcher = watch(folder);
  try {
    while (!there()) await once(watcher, "change");
  } finally {
    watcher.close();
  }
}

/** Milliseconds until the first byte of a new process is here. */
async function startProcess(): Promise<number> {
  const before = performance.now();
  const child = spawn("echo", ["ready"], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  const time = performance.now() - before;
  await once(child, "close");
  return time;
}

/** A worker without a task is asked something: the model must have seen that prompt and no other. */
async function modelTurns({ manager, project }: BenchHouse): Promise<Row> {
  const worker = await manager.call("spawn_session", { project_path: project });
  const session_id = worker.session_id;
  await manager.call("send_message", { session_id, message: "[[text:here]]", wait_for_response: true });
  const { messages } = await manager.call("get_conversation_history", { session_id });
  const prompts = (messages as { role: string }[]).filter(({ role }) => role === "user");
  if (prompts.length === 0) throw new Error("the worker's transcript was not found");
  return atMost("link.turns", prompts.length - 1, 0, "turns of the model before the first message of a new worker");
}
