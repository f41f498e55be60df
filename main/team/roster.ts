import { TeamError } from "../../contract/error.ts";
import type { TeamState } from "../../contract/reduce.ts";
import type { Worker, WorkerId } from "../../contract/worker.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Transcript } from "../transcript/transcript.ts";
import type { TeamDeps } from "./deps.ts";
import type { Letter } from "./letter.ts";
import { createNames, type Reserve } from "./names.ts";
import { Running } from "./running.ts";
import { createSeats, type Seat } from "./seats.ts";
import { createWritten, type Written } from "./written.ts";

/** Who is on the team, by every way of naming them, and what runs for each. */
export interface Roster extends Disposable {
  /** By id, name or terminal ref. Throws WORKER_UNKNOWN or WORKER_AMBIGUOUS. */
  need(ref: string): Worker;
  /** The same, of a worker that has not ended. Throws WORKER_GONE. */
  needRunning(ref: string): Running;
  find(id: WorkerId): Running | undefined;
  readonly reserve: Reserve;
  readonly seat: Seat;
  readonly written: Pick<Written, "of" | "add">;
  /** From now on this terminal is the worker's; what ran for it before is let go. */
  attend(worker: Worker, terminal: Terminal, letters?: readonly Letter[], transcripts?: readonly string[]): Running;
  /** What a worker said, ended or not; undefined when Claude wrote nothing yet. */
  transcript(worker: Worker): Transcript | undefined;
  /** The messages to a worker, ended or not, oldest first. */
  letters(id: WorkerId): readonly Letter[];
  /** These were its messages: it ended before this start of ours. */
  keep(id: WorkerId, letters: readonly Letter[]): void;
  /** Forgets all of it. */
  release(id: WorkerId): void;
}

export function createRoster(deps: TeamDeps): Roster {
  const running = new Map<WorkerId, Running>();
  /** Transcripts of workers that ended before this start of ours. */
  const reopened = new Map<WorkerId, Transcript>();
  /** And their messages. */
  const kept = new Map<WorkerId, readonly Letter[]>();
  const written = createWritten(deps.store);
  const need = (ref: string) => needWorker(deps.store.state, ref);

  function needRunning(ref: string): Running {
    const worker = need(ref);
    const found = running.get(worker.id);
    if (found && worker.phase.is !== "gone") return found;
    const reason = worker.phase.is === "gone" ? worker.phase.reason : "it is not attended";
    throw new TeamError("WORKER_GONE", `${worker.name} has ended: ${reason}`);
  }

  function reopen({ id }: Worker): Transcript | undefined {
    const known = reopened.get(id);
    const paths = written.of(id);
    if (known || paths.length === 0) return known;
    const transcript = deps.openTranscript({ told() {}, changed() {} });
    for (const path of paths) transcript.follow(path);
    transcript.finish().catch((cause: unknown) => deps.report(id, cause));
    reopened.set(id, transcript);
    return transcript;
  }

  function letGo(id: WorkerId): void {
    running.get(id)?.[Symbol.dispose]();
    reopened.get(id)?.[Symbol.dispose]();
    running.delete(id);
    reopened.delete(id);
    kept.delete(id);
  }

  return {
    need,
    needRunning,
    reserve: createNames(deps.store),
    seat: createSeats(deps.store),
    written,
    find: (id) => running.get(id),
    attend(worker, terminal, letters, transcripts) {
      letGo(worker.id);
      const attended = new Running(deps, worker, terminal, letters, transcripts);
      running.set(worker.id, attended);
      return attended;
    },
    letters: (id) => running.get(id)?.mailbox.letters ?? kept.get(id) ?? [],
    keep: (id, letters) => void kept.set(id, letters),
    transcript: (worker) => running.get(worker.id)?.transcript ?? reopen(worker),
    release(id) {
      letGo(id);
      written.forget(id);
    },
    [Symbol.dispose]() {
      for (const id of [...running.keys(), ...reopened.keys()]) letGo(id);
      written[Symbol.dispose]();
    },
  };
}

function needWorker({ workers }: TeamState, given: string): Worker {
  const ref = given.trim().normalize();
  const all = [...workers.values()];
  const byId = all.find((w) => w.id === ref);
  if (byId) return byId;
  const named = all.filter((w) => w.name === ref || w.terminal.ref === ref);
  const alive = named.filter((w) => w.phase.is !== "gone");
  const [first, second] = alive.length > 0 ? alive : named;
  if (!first) throw new TeamError("WORKER_UNKNOWN", `Session not found: ${ref}`);
  if (second) throw new TeamError("WORKER_AMBIGUOUS", `${named.map((w) => w.id).join(" and ")} are both called ${ref}`);
  return first;
}
