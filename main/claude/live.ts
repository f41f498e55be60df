import type { Observation } from "../../contract/observation.ts";
import type { Subject } from "../team/ports.ts";
import { createFollower, type Follower } from "./follower.ts";
import { createLiveFolder, type LiveFolder } from "./live-folder.ts";
import type { Processes } from "./processes.ts";
import { watchFolder } from "./watch-folder.ts";

export interface LiveDeps {
  /** `$CLAUDE_CONFIG_DIR/sessions`; need not exist yet. */
  readonly folder: string;
  readonly processes: Processes;
  now(): number;
  /** How often to look for lost events and dead processes. Rarely: the terminal tells deaths, and looking is most of what idle workers cost. */
  readonly sweepMs?: number;
}

export interface LiveFiles extends Disposable {
  /** Tells what the live file of this worker's Claude says, now and after every change, until disposed. */
  follow(subject: Subject, tell: (observation: Observation) => void): Disposable;
}

/** The live files of all sessions, under one watch for all workers; it runs only while somebody follows. */
export function createLiveFiles({ folder, processes, now, sweepMs = 60_000 }: LiveDeps): LiveFiles {
  const followers = new Set<Follower>();
  let files: LiveFolder;
  let running: Disposable | undefined;

  function follow(subject: Subject, tell: (observation: Observation) => void): Disposable {
    const follower = createFollower({ subject, tell, files: () => files.files, processes, now });
    followers.add(follower);
    if (running) follower.look();
    else running = start();
    return { [Symbol.dispose]: () => leave(follower) };
  }

  function leave(follower: Follower): void {
    follower[Symbol.dispose]();
    followers.delete(follower);
    if (followers.size > 0) return;
    running?.[Symbol.dispose]();
    running = undefined;
  }

  function start(): Disposable {
    files = createLiveFolder(folder, {
      saw(file) {
        for (const follower of followers) follower.saw(file);
      },
      lost(file) {
        for (const follower of followers) follower.lost(file);
      },
    });
    const watch = watchFolder(folder, { changed: files.read, appeared: list });
    list();
    const timer = setInterval(() => {
      watch.check();
      list();
      void bury();
    }, sweepMs).unref();
    return {
      [Symbol.dispose]() {
        watch[Symbol.dispose]();
        clearInterval(timer);
      },
    };
  }

  function list(): void {
    files.list();
    for (const follower of followers) follower.look();
  }

  /** A killed process leaves its file behind, and nothing changes there. */
  async function bury(): Promise<void> {
    const bound = [...followers].flatMap((follower) => follower.bound ?? []);
    const starts = await processes.starts(bound.map(({ pid }) => pid));
    const dead = bound.filter(({ pid, start }) => starts.get(pid) !== start);
    for (const process of dead) for (const follower of followers) follower.died(process);
  }

  return { follow, [Symbol.dispose]: () => [...followers].forEach(leave) };
}
