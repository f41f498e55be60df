import type { Observation } from "../../contract/observation.ts";
import type { Subject } from "../team/ports.ts";
import type { LiveFile } from "./live-file.ts";
import type { Processes } from "./processes.ts";

/** The process a worker is bound to, in our own reading of when it began. */
export interface Bound {
  readonly pid: number;
  readonly start: string;
}

/** Finds the live file of one worker and tells what it says. */
export interface Follower extends Disposable {
  readonly bound: Bound | undefined;
  /** A file is new or has changed. */
  saw(file: LiveFile): void;
  /** A file was removed. */
  lost(file: LiveFile): void;
  /** A process is no longer there, or another has its id. */
  died(process: Bound): void;
  /** Tries to find the worker's file among all. */
  look(): void;
}

export interface FollowerDeps {
  readonly subject: Subject;
  readonly tell: (observation: Observation) => void;
  readonly files: () => readonly LiveFile[];
  readonly processes: Processes;
  now(): number;
}

/**
 * A worker's file is the one with its conversation whose process descends from the terminal's. From then on the worker is bound
 * to that process, so that `/clear`, which changes the conversation, is followed, and a left-over file is not believed.
 */
export function createFollower({ subject, tell, files, processes, now }: FollowerDeps): Follower {
  let bound: Bound | undefined;
  let looking: "no" | "yes" | "again" = "no";
  let over = false;
  let said = "";

  function saw(file: LiveFile): void {
    if (!bound && file.sessionId === subject.conversation) look();
    if (!bound || file.pid !== bound.pid) return;
    if (file.procStart === null || file.procStart === bound.start) report(file);
    else unbind();
  }

  function look(): void {
    if (bound) return;
    if (looking === "no") void bind();
    else looking = "again";
  }

  async function bind(): Promise<void> {
    let chosen: Bound | undefined;
    while (!bound && !over && !chosen && looking !== "yes") {
      looking = "yes";
      chosen = await choose(files(), subject, processes);
    }
    looking = "no";
    if (!chosen || over) return;
    bound = chosen;
    // It may have changed, or gone, while its process was being looked at.
    const file = files().find(({ pid }) => pid === chosen.pid);
    if (file) saw(file);
    else unbind();
  }

  function unbind(): void {
    bound = undefined;
    said = "";
    tell({ signal: "live", status: "gone", at: now() });
  }

  function report({ status, waitingFor, sessionId, pid, name, version, statusUpdatedAt }: LiveFile): void {
    const says = JSON.stringify([status, waitingFor, sessionId, name, version, statusUpdatedAt]);
    if (over || says === said || !status) return;
    said = says;
    const at = Math.min(statusUpdatedAt ?? now(), now());
    tell({ signal: "live", at, status, waitingFor, conversation: sessionId, pid, name, version });
  }

  return {
    get bound() {
      return bound;
    },
    saw,
    look,
    lost: ({ pid }) => void (pid === bound?.pid && unbind()),
    died: ({ pid, start }) => void (pid === bound?.pid && start === bound.start && unbind()),
    [Symbol.dispose]() {
      over = true;
      bound = undefined;
    },
  };
}

/**
 * The living process whose file this is. Without its conversation (a `/clear` while we were away) it is the nearest interactive
 * Claude below the terminal's process.
 */
async function choose(files: readonly LiveFile[], subject: Subject, processes: Processes): Promise<Bound | undefined> {
  const own = files.filter((file) => file.sessionId === subject.conversation);
  const others = subject.pid === null ? [] : files.filter((file) => !own.includes(file) && file.kind !== "bg");
  const starts = await processes.starts([...own, ...others].map(({ pid }) => pid));
  const alive = (file: LiveFile) => file.procStart === null || file.procStart === starts.get(file.pid);
  const found =
    (await nearest(own.filter(alive), subject.pid, processes)) ??
    (await nearest(others.filter(alive), subject.pid, processes));
  const start = found && starts.get(found.pid);
  return found && start !== undefined ? { pid: found.pid, start } : undefined;
}

async function nearest(
  files: readonly LiveFile[],
  terminal: number | null,
  processes: Processes,
): Promise<LiveFile | undefined> {
  if (terminal === null) return files.toSorted((a, b) => b.startedAt - a.startedAt)[0];
  const generations = await Promise.all(
    files.map(async (file) => [file.pid, ...(await processes.ancestors(file.pid))].indexOf(terminal)),
  );
  const ranked = files.flatMap((file, i) => ((generations[i] ?? -1) < 0 ? [] : [{ file, depth: generations[i] ?? 0 }]));
  return ranked.toSorted((a, b) => a.depth - b.depth)[0]?.file;
}
