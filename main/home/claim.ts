import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { TeamError } from "../../contract/error.ts";
import { createOnce, writeAtomic } from "./atomic.ts";
import type { HomePaths } from "./paths.ts";
import { processStart } from "./process-start.ts";
import { answers, findRunning, type Running, readServerRecord, type ServerRecord } from "./running.ts";
import { untilFolder } from "./until-folder.ts";

/** The right to serve a home; at most one process has it. */
export interface Claim {
  /**
   * The server before this one ended without releasing. Then wait 2 s before listening: a call of its clients fails within
   * a second when nothing listens, and hangs for up to 120 s when something does (Claude Code 2.1.330).
   */
  readonly crashed: boolean;
  /** Writes `server.json`: from now on others find this server. */
  publish(port: number): Promise<void>;
  /** Removes `server.json` and lets others serve. */
  release(): Promise<void>;
}

export type Claimed =
  | { readonly is: "claimed"; readonly claim: Claim }
  | { readonly is: "running"; readonly running: Running };

const patience = 20_000;
const answerMs = 3_000;

/**
 * Takes the home for this process, or finds the server that has it. One that is starting or ending is waited for; throws
 * SERVER_STUCK when that takes longer than `withinMs`.
 */
export async function claimHome(
  paths: HomePaths,
  now: () => number,
  signal: AbortSignal,
  withinMs = patience,
): Promise<Claimed> {
  const deadline = AbortSignal.timeout(withinMs);
  try {
    return await untilFolder(paths.dir, () => tryClaim(paths, now), AbortSignal.any([signal, deadline]));
  } catch (cause) {
    if (signal.aborted || !deadline.aborted) throw cause;
    // It may have died meanwhile, which changes no file.
    const last = await tryClaim(paths, now);
    if (last) return last;
    throw new TeamError("SERVER_STUCK", await stuckFact(paths), { cause });
  }
}

/** Undefined while another one holds the lock but cannot be talked to. */
async function tryClaim(paths: HomePaths, now: () => number): Promise<Claimed | undefined> {
  const lock = await takeLock(paths.dir);
  if (lock) return { is: "claimed", claim: await createClaim(paths, lock, now) };
  const running = await findRunning(paths);
  return running && (await answers(running.port, answerMs)) ? { is: "running", running } : undefined;
}

async function stuckFact(paths: HomePaths): Promise<string> {
  const running = await findRunning(paths);
  if (!running) return `another claude-team has begun to serve ${paths.dir} and does not get ready`;
  return `claude-team (pid ${running.pid}) serves ${paths.dir} but does not answer on port ${running.port}`;
}

async function createClaim(paths: HomePaths, lock: string, now: () => number): Promise<Claim> {
  const left = await readServerRecord(paths);
  await rm(paths.server, { force: true });
  const started = (await processStart(process.pid)) ?? "";
  let ours: ServerRecord | undefined;
  return {
    crashed: left !== undefined,
    async publish(port) {
      ours = { port, pid: process.pid, startedAt: now(), process: started };
      await writeAtomic(paths.server, `${JSON.stringify(ours)}\n`);
    },
    async release() {
      const stands = await readServerRecord(paths);
      if (ours && stands?.pid === ours.pid && stands.startedAt === ours.startedAt)
        await rm(paths.server, { force: true });
      await writeAtomic(lock, "");
    },
  };
}

/**
 * Takes the next lock, `lock.<n>`, if the newest one is dead or released; its path, or undefined. Numbers only grow and a
 * released lock stays, so that of two processes that see the same dead lock only one can create the next.
 */
async function takeLock(dir: string): Promise<string | undefined> {
  const newest = (await lockNumbers(dir)).at(-1) ?? 0;
  if (newest > 0 && (await isHeld(lockPath(dir, newest)))) return undefined;
  const mine = lockPath(dir, newest + 1);
  const holder = { pid: process.pid, process: await processStart(process.pid) };
  if (!(await createOnce(mine, JSON.stringify(holder)))) return undefined;
  const all = await lockNumbers(dir);
  if (all.at(-1) !== newest + 1) {
    await rm(mine, { force: true });
    return undefined;
  }
  for (const old of all.slice(0, -1)) await rm(lockPath(dir, old), { force: true });
  return mine;
}

const lockPath = (dir: string, number: number) => join(dir, `lock.${number}`);

async function lockNumbers(dir: string): Promise<number[]> {
  const names = (await readdir(dir)).map((name) => /^lock\.(\d+)$/.exec(name)?.[1]);
  return names
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

async function isHeld(lock: string): Promise<boolean> {
  try {
    const holder: { pid: number; process: string } = JSON.parse(await readFile(lock, "utf8"));
    return (await processStart(holder.pid)) === holder.process;
  } catch {
    // Released (empty), or removed by the one who took the next.
    return false;
  }
}
