import type { Parsed } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { Reply } from "../../contract/reply.ts";
import type { Worker } from "../../contract/worker.ts";
import type { Turn } from "../transcript/transcript.ts";
import type { TeamDeps } from "./deps.ts";
import { type Letter, turnOf, underway } from "./letter.ts";
import type { Roster } from "./roster.ts";
import { isOver } from "./settle.ts";

type Deps = TeamDeps & { roster: Roster };

/** The answer to one message, or to whatever came last. With `wait` it resolves when that turn is over, or the worker asks or ends. */
export async function reply(deps: Deps, input: Parsed<"reply">, signal?: AbortSignal): Promise<Reply> {
  const { id, transcript } = deps.roster.need(input.worker);
  const ask = () => current(deps, id, input.message);
  const now = ask();
  if (!input.wait || now.outcome !== "pending") return now;
  if (!transcript && !deps.roster.find(id)) return now;
  return deps.store.until(() => {
    const next = ask();
    return next.outcome === "pending" ? undefined : next;
  }, signal);
}

function current(deps: Deps, id: string, message: string | undefined): Reply {
  const worker = deps.roster.need(id);
  const running = deps.roster.find(worker.id);
  const turns = deps.roster.transcript(worker)?.turns ?? [];
  const letters = deps.roster.letters(worker.id);
  const letter = message === undefined ? newest(letters) : letters.find((l) => l.receipt.id === message);
  if (message !== undefined && !letter)
    throw new TeamError("MESSAGE_UNKNOWN", `${worker.name} has no message ${message}`);
  // What a person typed into the terminal is a turn like any other, unless a message of ours is still on its way.
  const asked = letter && (message !== undefined || underway(letter.receipt)) ? letter : undefined;
  const turn = asked ? turnOf(asked, turns) : turns.at(-1);
  const { stopped = null, lastText = null } = running?.evidence.hooks ?? {};
  const isNewest = turn === turns.at(-1);
  // A Stop from before this turn speaks of another one.
  const stopText = turn && isNewest && (stopped ?? 0) >= turn.at ? lastText : null;
  const own = asked ?? letters.findLast((l) => turn && turnOf(l, turns) === turn);
  // The worker's problem is its newest turn's: a command has no turn, and an older turn has its own.
  const problem = turn?.problem ?? failureOf(asked) ?? (isNewest ? worker.problem : null);
  return toReply(worker, { asked, own, turn, isNewest, problem }, stopText);
}

function failureOf(command: Letter | undefined): Reply["problem"] {
  const { failed = false, text = "", at = 0 } = command?.outcome ?? {};
  return failed ? { is: "command_failed", text, at } : null;
}

/**
 * `asked`: the letter whose answer is wanted, none when it is whatever came last; `own`: the one that this turn answers;
 * `problem`: what went wrong in that turn, which counts once it is over.
 */
interface Matter {
  readonly asked: Letter | undefined;
  readonly own: Letter | undefined;
  readonly turn: Turn | undefined;
  readonly isNewest: boolean;
  readonly problem: Reply["problem"];
}

const newest = (letters: readonly Letter[]) => letters.findLast((l) => underway(l.receipt)) ?? letters.at(-1);

function toReply(worker: Worker, matter: Matter, stopText: string | null): Reply {
  const { turn } = matter;
  const command = matter.asked?.outcome;
  const outcome = outcomeOf(worker, matter);
  const over = outcome !== "pending" && outcome !== "asking";
  const said = over && outcome === "answered" ? command?.text || stopText : null;
  return {
    worker,
    outcome,
    text: turn?.text ?? said,
    messageId: turn?.messageId ?? null,
    at: turn?.at ?? command?.at ?? null,
    tools: [...(turn?.tools ?? [])],
    problem: over ? matter.problem : (turn?.problem ?? null),
  };
}

function outcomeOf(worker: Worker, matter: Matter): Reply["outcome"] {
  const { asked, turn } = matter;
  const { phase } = worker;
  const state = asked?.receipt.state;
  if (state === "withdrawn") return "interrupted";
  if (state === "undelivered") return "failed";
  const over = asked ? state === "answered" : turn !== undefined && isOver(turn, [turn], phase);
  if (over) return ended(worker, matter);
  if (phase.is === "gone") return "gone";
  if (phase.is === "asking") return "asking";
  if (state === "unconfirmed") return "failed";
  if (!asked && !turn) return phase.is === "idle" ? "none" : "pending";
  return "pending";
}

function ended(worker: Worker, matter: Matter): Reply["outcome"] {
  const { own, problem } = matter;
  if (own?.receipt.state === "withdrawn") return "interrupted";
  if (!problem || problem.is === "retrying") return isCutOff(worker, matter) ? "gone" : "answered";
  if (problem.is === "interrupted" || problem.is === "refused" || problem.is === "truncated") return problem.is;
  return "failed";
}

/** Its worker ended before it did. A closing line may be missing, so a message that was answered in time counts, too. */
function isCutOff({ phase }: Worker, { own, turn, isNewest }: Matter): boolean {
  // A resumed worker's next turn closes this one without an end of its own.
  if (own?.receipt.brokenOff) return !(turn?.ended && isNewest);
  return phase.is === "gone" && turn !== undefined && !turn.ended && own?.receipt.state !== "answered";
}
