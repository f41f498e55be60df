import type { Phase, Problem, Worker, WorkerId } from "../../contract/worker.ts";
import type { Summary, Transcript, Turn } from "../transcript/transcript.ts";
import type { TeamDeps } from "./deps.ts";
import type { Evidence } from "./evidence.ts";
import { judge } from "./judge.ts";
import { underway } from "./letter.ts";
import type { Mailbox } from "./mailbox.ts";
import { readingPace, type ScreenWatch } from "./screen-watch.ts";
import { settleLetters, settleUnrecorded } from "./settle.ts";

/** What a judgement is about, and what it moves. */
export interface Judged {
  readonly id: WorkerId;
  readonly evidence: Evidence;
  readonly transcript: Transcript;
  readonly mailbox: Mailbox;
  readonly screen: ScreenWatch;
  /** It is gone. */
  ended(reason: string): void;
}

/** Judges a worker by its evidence and tells the store; again by itself when the time for a signal is up. Stops when disposed. */
export interface Judging extends Disposable {
  decide(): void;
  /** Tells what the transcript says by now. */
  say(summary: Summary): void;
  /** Moves the receipts of what is in the transcript. */
  settle(): void;
}

export function createJudging({ store, clock, claude, matches, report }: TeamDeps, judged: Judged): Judging {
  const { id, transcript, mailbox, screen } = judged;
  let again: Disposable | undefined;
  let over = false;
  let reading = false;

  function decide(isRead = false): void {
    const worker = store.state.workers.get(id);
    if (!worker || over) return;
    const now = clock.now();
    const { evidence } = judged;
    const judgement = judge(evidence, now, worker.phase, { describe: claude.describe, matches });
    if (!isRead && mayEndTurn(worker.phase, judgement.phase)) return void lookAgain();
    tell(worker, judgement, now);
    screen.pace(readingPace(judgement.phase, evidence));
    settle();
    const next = judgement.again ?? settleUnrecorded(mailbox, store.state.workers.get(id) ?? worker, now);
    again?.[Symbol.dispose]();
    again = next === null ? undefined : clock.after(Math.max(next - now, 1), () => void lookAgain());
    if (judgement.phase.is === "gone") judged.ended(judgement.phase.reason);
  }

  /** Without a status file a turn that is told again ends by its own lines, and nobody waits for it. */
  function mayEndTurn(before: Phase, after: Phase): boolean {
    const isAwaited = judged.evidence.live !== null || mailbox.letters.some((letter) => underway(letter.receipt));
    return before.is !== "idle" && after.is === "idle" && isAwaited;
  }

  function tell(worker: Worker, { phase, why }: Pick<Worker, "phase" | "why">, at: number): void {
    const news = differs(worker.phase, phase) || differs(said(worker.why), said(why));
    // Who waits for this reads the reply with it; the transcript tells its summary only when it rests.
    if (phase.is === "idle" && worker.phase.is === "working") say(transcript.summary);
    // Before the phase: who waits for the end of the turn finds with it what ended it.
    const problem = problemIn(judged.evidence, transcript.turns.at(-1));
    if (differs(worker.problem, problem)) store.dispatch({ type: "worker.troubled", id, problem });
    if (news) store.dispatch({ type: "worker.judged", id, phase, why, at });
  }

  /** A process that was held up sees timers and status before the transcript's last lines: those first. */
  async function lookAgain(): Promise<void> {
    if (reading) return;
    reading = true;
    await transcript.settled().catch((cause: unknown) => report(id, cause));
    reading = false;
    decide(true);
  }

  function say(summary: Summary): void {
    store.dispatch({ type: "worker.said", id, ...summary });
  }

  function settle(): void {
    const worker = store.state.workers.get(id);
    const { submitted, stopped } = judged.evidence.hooks;
    if (worker) settleLetters(mailbox, transcript.turns, worker.phase, (stopped ?? 0) > (submitted ?? 0));
  }

  return {
    decide: () => decide(),
    say,
    settle,
    [Symbol.dispose]() {
      over = true;
      again?.[Symbol.dispose]();
    },
  };
}

/** What went wrong and counts now; of a turn only once it is over. */
function problemIn({ screen, live, problem }: Evidence, turn: Turn | undefined): Problem | null {
  if (screen?.retrying && live?.status === "busy") return { is: "retrying", text: screen.retrying, at: screen.at };
  return problem ?? (turn?.ended ? turn.problem : null);
}

const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);

/** Reasons without their times: a repeated word is no news. */
const said = (why: Worker["why"]) => why.map(({ at: _, ...rest }) => rest);
