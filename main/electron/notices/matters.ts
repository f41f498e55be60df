import type { TeamState } from "../../../contract/reduce.ts";
import type { Request } from "../../../contract/request.ts";
import type { Settings } from "../../../contract/settings.ts";
import type { Worker } from "../../../contract/worker.ts";

export type Kind = keyof Settings["notifications"];

/** One thing about a worker that a person may want to be told; as long as it is so, it is in the list of matters. */
export interface Matter {
  /** The same as long as it is the same thing: told once under this key. */
  readonly key: string;
  readonly kind: Kind;
  readonly worker: Worker;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** What is asked; null for all else. */
  readonly request: Request | null;
}

/** All that could be told about the team now. */
export function matters(team: Pick<TeamState, "workers">): Matter[] {
  return [...team.workers.values()].flatMap((worker) => [...asked(worker), ...finished(worker), ...failed(worker)]);
}

function asked(worker: Worker): Matter[] {
  if (worker.phase.is !== "asking") return [];
  return worker.phase.requests.map((request) => {
    // A manager's proposal waits for a person's click, also of one who has seen the request before.
    const key = request.proposal ? `${request.id} proposed` : request.id;
    return { key: `${worker.id} ${key}`, kind: "asking", worker, since: request.proposal?.at ?? request.at, request };
  });
}

function finished(worker: Worker): Matter[] {
  if (worker.phase.is !== "idle" || !worker.unread || isTrouble(worker)) return [];
  return [
    { key: `${worker.id} finished ${worker.since}`, kind: "finished", worker, since: worker.since, request: null },
  ];
}

function failed(worker: Worker): Matter[] {
  const { phase, problem, since } = worker;
  if (phase.is === "gone") {
    if (/^closed by |^exited with 0$/.test(phase.reason)) return [];
    return [{ key: `${worker.id} gone ${since}`, kind: "failed", worker, since, request: null }];
  }
  if (!problem || !isTrouble(worker)) return [];
  return [
    { key: `${worker.id} ${problem.is} ${problem.at}`, kind: "failed", worker, since: problem.at, request: null },
  ];
}

/** Retrying goes on by itself, and the rest ends a turn as a person or the model wanted. */
const isTrouble = ({ problem }: Worker) =>
  problem !== null && ["api_error", "rate_limited", "signed_out"].includes(problem.is);
