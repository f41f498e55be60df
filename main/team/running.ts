import type { Observation } from "../../contract/observation.ts";
import type { Answer } from "../../contract/request.ts";
import type { Phase, Problem, Worker, WorkerId } from "../../contract/worker.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Transcript } from "../transcript/transcript.ts";
import { propose } from "./asked.ts";
import { type DeliverDeps, deliver } from "./deliver.ts";
import type { TeamDeps } from "./deps.ts";
import { type Evidence, noEvidence, note } from "./evidence.ts";
import { interruptTurn } from "./interrupt.ts";
import { judge } from "./judge.ts";
import type { Letter } from "./letter.ts";
import { createMailbox, type Mailbox } from "./mailbox.ts";
import type { ScreenReading, Watch } from "./ports.ts";
import { readingPace, type ScreenWatch, watchScreen } from "./screen-watch.ts";
import { settleLetters } from "./settle.ts";
import { untilAccepts, untilPhase, untilProven } from "./waits.ts";

/** A subagent's dialog is not shown in the terminal while our hook call waits (Claude Code 2.1.330): so long, then it is let go. */
const agentHoldMs = 60_000;

/**
 * One worker at work: its terminal, its signals, its mailbox; all that does not stand in the state that everybody sees.
 * The worker must stand in that state already.
 */
export class Running {
  readonly id: WorkerId;
  readonly terminal: Terminal;
  readonly transcript: Transcript;
  readonly mailbox: Mailbox;
  readonly #deps: TeamDeps;
  readonly #watch: Watch;
  readonly #screen: ScreenWatch;
  readonly #exit: Disposable | undefined;
  #evidence: Evidence;
  #again: Disposable | undefined;
  #over = false;
  #closing: string | undefined;
  #sending: Promise<unknown> = Promise.resolve();

  /** `letters` and `transcripts` are what a worker brings along from before a restart of ours. */
  constructor(
    deps: TeamDeps,
    worker: Worker,
    terminal: Terminal,
    letters: readonly Letter[] = [],
    transcripts: readonly string[] = [],
  ) {
    this.id = worker.id;
    this.terminal = terminal;
    this.#deps = deps;
    this.#evidence = { ...noEvidence, conversation: worker.conversation };
    this.transcript = deps.openTranscript({
      told: (told) => this.observe(told),
      changed: (summary) => {
        deps.store.dispatch({ type: "worker.said", id: this.id, ...summary });
        this.#settle();
      },
    });
    this.mailbox = createMailbox(this.#mailboxDeps(), letters);
    const tell = (observation: Observation) => this.observe(observation);
    this.#screen = watchScreen({ terminal, clock: deps.clock, read: () => this.read(), tell, report: this.#report });
    const subject = { worker: this.id, conversation: worker.conversation ?? "", cwd: worker.cwd, pid: terminal.pid };
    this.#watch = deps.claude.watch(subject, tell);
    this.#exit = terminal.onExit((exit) => {
      const exited = this.#closing === undefined ? exit : { ...exit, reason: this.#closing };
      tell({ signal: "process", at: deps.clock.now(), exited });
    });
    for (const path of transcripts) this.transcript.follow(path);
    if (worker.conversation) this.#follow(worker.conversation, worker.transcript);
    this.#decide();
  }

  get evidence(): Evidence {
    return this.#evidence;
  }

  /** What Claude's screen shows now. */
  async read(): Promise<ScreenReading> {
    return this.#deps.claude.read(await this.terminal.screen());
  }

  /** Runs one sender after another, in the order of their calls. */
  inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#sending.then(work);
    this.#sending = result.catch(() => undefined); // a refused message does not hold up the next
    return result;
  }

  /** Answers through the waiting hook call; false when there is none. */
  answerHook(request: string, answer: Answer): boolean {
    if (!this.#watch.answer(request, answer)) return false;
    // A subagent's request was never shown, and its result stands in another transcript: nothing else will tell its end.
    const asked = this.#evidence.asked.filter((a) => a.id !== request || a.agent === null);
    this.#take({ ...this.#evidence, asked });
    return true;
  }

  /** Lets a hook call go, so that the terminal shows its dialog. */
  release(request: string): void {
    if (this.#over) return;
    this.#watch.release(request);
    this.#take({
      ...this.#evidence,
      asked: this.#evidence.asked.map((a) => (a.id === request ? { ...a, held: false } : a)),
    });
  }

  /** A manager's answer, to be confirmed by a person. */
  propose(request: string, answer: Answer): void {
    this.#take({ ...this.#evidence, asked: propose(this.#evidence.asked, request, answer, this.#deps.clock.now()) });
  }

  /** Ends its process; `reason` is told instead of the signal that ended it. */
  close(reason: string): Promise<void> {
    this.#closing = reason;
    return this.terminal.close();
  }

  /** Stops the running turn; see interruptTurn. */
  interrupt(signal?: AbortSignal): Promise<void> {
    return interruptTurn(this, this.#deps, signal);
  }

  observe(observation: Observation): void {
    if (this.#over) return;
    if (observation.signal === "hook" && observation.event === "UserPromptSubmit") this.mailbox.prove(observation.text);
    if (observation.signal === "transcript") this.#record(observation);
    if (observation.signal === "hook") this.#hooked(observation);
    if (observation.signal === "live" && observation.status !== "gone")
      this.#follow(observation.conversation, null, observation.pid);
    this.#take(note(this.#evidence, observation));
  }

  #hooked(hook: Extract<Observation, { signal: "hook" }>): void {
    if (hook.event !== "PermissionRequest.ended") this.#follow(hook.conversation, hook.transcript);
    if (hook.event !== "PermissionRequest" || hook.ask.agent === null) return;
    const { request } = hook.ask;
    this.#deps.clock.after(agentHoldMs, () => this.release(request));
  }

  /** Stops all listening; touches neither the terminal nor the worker. */
  [Symbol.dispose](): void {
    this.#stop();
    this.transcript[Symbol.dispose]();
  }

  #take(evidence: Evidence): void {
    const closed = this.#evidence.asked.filter((a) => a.held && !evidence.asked.some((b) => b.id === a.id));
    this.#evidence = evidence;
    for (const { id } of closed) this.#watch.release(id);
    this.#decide();
  }

  #decide(): void {
    const { store, clock } = this.#deps;
    const worker = store.state.workers.get(this.id);
    if (!worker || this.#over) return;
    const now = clock.now();
    const { phase, why, again } = judge(this.#evidence, now, worker.phase);
    const news = differs(worker.phase, phase) || differs(said(worker.why), said(why));
    if (news) store.dispatch({ type: "worker.judged", id: this.id, phase, why, at: now });
    const problem = this.#problem();
    if (differs(worker.problem, problem)) store.dispatch({ type: "worker.troubled", id: this.id, problem });
    this.#again?.[Symbol.dispose]();
    this.#again = again === null ? undefined : clock.after(Math.max(again - now, 1), () => this.#decide());
    this.#screen.pace(readingPace(phase, this.#evidence));
    this.#settle();
    if (phase.is === "gone") this.#ended(phase.reason);
  }

  #problem(): Problem | null {
    const { screen, live, problem } = this.#evidence;
    if (screen?.retrying && live?.status === "busy") return { is: "retrying", text: screen.retrying, at: screen.at };
    const turn = this.transcript.turns.at(-1);
    return problem ?? (turn?.ended ? turn.problem : null);
  }

  #settle(): void {
    const worker = this.#deps.store.state.workers.get(this.id);
    const { submitted, stopped } = this.#evidence.hooks;
    if (worker) settleLetters(this.mailbox, this.transcript.turns, worker.phase, (stopped ?? 0) > (submitted ?? 0));
  }

  #record(told: Extract<Observation, { signal: "transcript" }>): void {
    if (told.event === "prompted") this.mailbox.record(told.text, told.at);
    if (told.event !== "commanded") return;
    const typed = ["typed", "submitted", "unconfirmed"];
    const letter = this.mailbox.letters.find(
      (l) => l.command && typed.includes(l.receipt.state) && l.plain.startsWith(told.command),
    );
    const unknown = told.known ? undefined : "Claude Code does not know this command";
    if (letter) this.mailbox.settle(letter.receipt.id, "answered", unknown);
  }

  /** `/clear` begins another conversation in another file; the worker stays bound to its process. */
  #follow(conversation: string, path: string | null, pid?: number): void {
    const { store, remember } = this.#deps;
    const worker = store.state.workers.get(this.id);
    if (!worker) return;
    const same = worker.conversation === conversation;
    const linked = {
      conversation,
      transcript: path ?? (same ? worker.transcript : null),
      pid: pid ?? worker.pid,
    };
    if (linked.transcript) this.transcript.follow(linked.transcript);
    else void this.#locate(conversation, worker.cwd);
    if (same && linked.transcript === worker.transcript && linked.pid === worker.pid) return;
    store.dispatch({ type: "worker.linked", id: this.id, ...linked });
    remember({ type: "worker.linked", id: this.id, ...linked });
  }

  async #locate(conversation: string, cwd: string): Promise<void> {
    try {
      const path = await this.#deps.claude.locate(conversation, cwd);
      if (this.#evidence.conversation === conversation) this.#follow(conversation, path);
    } catch (cause) {
      this.#report(cause);
    }
  }

  #mailboxDeps() {
    const { store, remember, flush } = this.#deps;
    return {
      deliver: (letter: Letter, signal: AbortSignal) => deliver(letter, this.#deliverDeps(), signal),
      interrupt: (signal: AbortSignal) => this.interrupt(signal),
      ready: async (letter: Letter, signal: AbortSignal) => {
        await flush();
        return untilAccepts(store, this.id, letter, signal);
      },
      moved: (letter: Letter) => {
        store.dispatch({ type: "receipt.moved", id: this.id, receipt: letter.receipt });
        remember({ type: "receipt.moved", id: this.id, ...factOf(letter) });
      },
      report: this.#report,
    };
  }

  #deliverDeps(): DeliverDeps {
    const { store, clock, flush } = this.#deps;
    return {
      terminal: this.terminal,
      clock,
      read: () => this.read(),
      phase: () => store.state.workers.get(this.id)?.phase ?? { is: "gone", reason: "dismissed" },
      typed: async (letter) => {
        this.mailbox.settle(letter.receipt.id, "typed");
        await flush();
      },
      proven: (letter, signal) => untilProven(store, this.id, letter, signal),
      becomes: (wanted: readonly Phase["is"][], signal) => untilPhase(store, this.id, wanted, signal),
    };
  }

  #ended(reason: string): void {
    this.#stop();
    for (const { receipt } of this.mailbox.letters) {
      if (receipt.state === "accepted") this.mailbox.settle(receipt.id, "undelivered", `never typed: ${reason}`);
      if (receipt.state === "typed") this.mailbox.settle(receipt.id, "unconfirmed", `typed, not confirmed: ${reason}`);
    }
    this.#deps.remember({ type: "worker.gone", id: this.id, reason, at: this.#deps.clock.now() });
    this.#deps.claude.forget(this.id).catch(this.#report);
  }

  #stop(): void {
    this.#over = true;
    for (const part of [this.#exit, this.#screen, this.#watch, this.mailbox]) part?.[Symbol.dispose]();
    this.#again?.[Symbol.dispose]();
  }

  readonly #report = (cause: unknown): void => this.#deps.report(this.id, cause);
}

/** The whole text once, with the first word of it; later only what is new. */
function factOf({ receipt, plain, command, whenBusy, prompt, chunks }: Letter) {
  const first = receipt.state === "accepted" || chunks.length === 0;
  const whole = first ? { text: plain, as: command ? ("command" as const) : ("text" as const), whenBusy } : {};
  return { receipt, ...whole, ...(prompt && { prompt }) };
}

const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);

/** Reasons without their times: a repeated word is no news. */
const said = (why: Worker["why"]) => why.map(({ at: _, ...rest }) => rest);
