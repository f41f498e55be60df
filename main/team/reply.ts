import type { Caller, Parsed } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { Reply } from "../../contract/reply.ts";
import type { Phase, Worker } from "../../contract/worker.ts";
import type { Turn } from "../transcript/transcript.ts";
import type { TeamDeps } from "./deps.ts";
import { type Letter, turnOf, underway } from "./letter.ts";
import type { Roster } from "./roster.ts";
import { isOver } from "./settle.ts";

type Deps = TeamDeps & { roster: Roster };

/** The answer to one message, or to whatever came last. With `wait` it resolves when that turn is over, or the worker asks or ends. */
export async function reply(deps: Deps, input: Parsed<"reply">, by: Caller, signal?: AbortSignal): Promise<Reply> {
  const { id, transcript } = deps.roster.need(input.worker);
  const ask = () => current(deps, id, input.message, by);
  const now = ask();
  if (!input.wait || now.outcome !== "pending") return now;
  if (!transcript && !deps.roster.find(id)) return now;
  return deps.store.until(() => {
    const next = ask();
    return next.outcome === "pending" ? undefined : next;
  }, signal);
}

function current(deps: Deps, id: string, message: string | undefined, by: Caller): Reply {
  const worker = deps.roster.need(id);
  const running = deps.roster.find(worker.id);
  const turns = deps.roster.transcript(worker)?.turns ?? [];
  const letters = deps.roster.letters(worker.id);
  const asked =
    message === undefined ? newest(letters, turns, worker.phase, by) : letters.find((l) => l.receipt.id === message);
  if (message !== undefined && !asked)
    throw new TeamError("MESSAGE_UNKNOWN", `${worker.name} has no message ${message}`);
  const turn = asked ? turnOf(asked, turns) : turns.at(-1);
  const { stopped = null, lastText = null } = running?.evidence.hooks ?? {};
  const isNewest = turn === turns.at(-1);
  // A Stop from before this turn speaks of another one.
  const stopText = turn && isNewest && (stopped ?? 0) >= turn.at ? lastText : null;
  const own = asked ?? letters.findLast((l) => turn && turnOf(l, turns) === turn);
  // The worker's problem is its newest turn's: a command has no turn, and an older turn has its own.
  const problem = turn?.problem ?? (asked && failureOf(asked)) ?? (isNewest ? worker.problem : null);
  return toReply(worker, { asked, own, turn, isNewest, problem }, stopText);
}

/** What came last, where that is no turn: a message on its way, or one of the caller's own that led to none. */
function newest(letters: readonly Letter[], turns: readonly Turn[], phase: Phase, by: Caller): Letter | undefined {
  const onItsWay = letters.findLast((l) => underway(l.receipt));
  if (onItsWay) return onItsWay;
  const turn = turns.at(-1);
  if (turn && !isOver(turn, turns, phase)) return undefined;
  // What a person typed into the terminal is a turn like any other.
  const own = letters.findLast((l) => l.receipt.by === by);
  const since = Math.max(turn?.at ?? 0, ...(turn?.prompts ?? []).map(({ at }) => at));
  return own && own.receipt.at > since && !wasNeedless(own) ? own : undefined;
}

/** A repeat that was not sent, because the first had been taken. */
const wasNeedless = ({ receipt: { state, repeats } }: Letter) => state === "withdrawn" && repeats !== undefined;

function failureOf({ receipt, outcome }: Letter): Reply["problem"] {
  const { state, notes, at } = receipt;
  if (outcome?.failed) return { is: "command_failed", text: outcome.text, at: outcome.at };
  if (state !== "undelivered" && state !== "unconfirmed") return null;
  return { is: state, text: notes.at(-1) ?? "it is not known to have been taken", at };
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
