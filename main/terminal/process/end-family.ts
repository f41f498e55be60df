import { setTimeout as sleep } from "node:timers/promises";
import { familyOf, type Process, processTable, survivors } from "./process-table.ts";

/** Between two looks at processes that are not our children: nobody tells when those end. */
const lookMs = 50;
/** For the wrapper's report after the command was killed. */
const reportMs = 500;

/**
 * Ends everything that belongs to the wrapper `root`, in its group or out of it: SIGTERM, then SIGKILL to what is left after
 * `graceMs`. `exited` is the end of the command. The wrapper itself is killed only when it fails to report. Nothing ends for a
 * number that is no process's own: to a signal 0 is our own group, and -1 everything that this user runs; nor for one that is
 * somebody else's by now, where it is known when the wrapper had `started`.
 */
export async function endFamily(
  root: number,
  exited: Promise<unknown>,
  graceMs: number,
  started?: string,
): Promise<void> {
  if (!Number.isSafeInteger(root) || root < 2) return;
  const deadline = performance.now() + graceMs;
  const before = await table();
  if (started !== undefined && before.some((one) => one.pid === root && one.started !== started)) return;
  signal(-root, "SIGTERM");
  for (const { pid, group } of familyOf(root, before)) if (group !== root) signal(pid, "SIGTERM");

  await within(graceMs, exited);
  let left = await leftOf(root, before);
  while (left.length > 0 && performance.now() < deadline) {
    await sleep(lookMs);
    left = await leftOf(root, before);
  }
  for (const { pid } of left) signal(pid, "SIGKILL");
  if (!(await within(reportMs, exited))) signal(-root, "SIGKILL");
}

/** Of the family then, and of the family now, unless the wrapper's number has come to somebody else. */
async function leftOf(root: number, before: readonly Process[]): Promise<Process[]> {
  const now = await table();
  const self = before.find(({ pid }) => pid === root);
  const isOthers = now.some(({ pid, started }) => pid === root && started !== self?.started);
  const left = [...survivors(familyOf(root, before), now), ...(isOthers ? [] : familyOf(root, now))];
  return now.filter(({ pid }) => left.some((process) => process.pid === pid));
}

/** Without a process table there is still the group. */
const table = (): Promise<Process[]> => processTable().catch(() => []);

async function within(ms: number, event: Promise<unknown>): Promise<boolean> {
  const stop = new AbortController();
  try {
    return await Promise.race([event.then(() => true), sleep(ms, false, { signal: stop.signal })]);
  } finally {
    stop.abort();
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already, or runs as somebody else: nothing more can be done.
  }
}
