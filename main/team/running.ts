import type { Ask, Observation } from "../../contract/observation.ts";
import type { Answer } from "../../contract/request.ts";
import type { Worker, WorkerId } from "../../contract/worker.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Transcript } from "../transcript/transcript.ts";
import { answersByRule } from "./answer-by-rule.ts";
import { propose } from "./asked.ts";
import { endLetters, openMailbox, recordIn } from "./correspondence.ts";
import type { TeamDeps } from "./deps.ts";
import { type Evidence, noEvidence, note } from "./evidence.ts";
import { interruptTurn } from "./interrupt.ts";
import { createJudging, type Judging } from "./judging.ts";
import type { Letter } from "./letter.ts";
import { createLink, type Link } from "./link.ts";
import type { Mailbox } from "./mailbox.ts";
import { createOnce, createQueue } from "./orderly.ts";
import type { ScreenReading, Watch } from "./ports.ts";
import { type ScreenWatch, watchScreen } from "./screen-watch.ts";
import { settleRest } from "./settle-ended.ts";

/** A subagent's dialog is not shown in the terminal while our hook call waits (Claude Code 2.1.330): so long, then it is let go. */
const agentHoldMs = 60_000;

/** Its last lines may be written, and found, after its end was seen. */
const lastLinesMs = 10_000;

/**
 * One worker at work: its terminal, its signals, its mailbox; all that does not stand in the state that everybody sees.
 * The worker must stand in that state already.
 */
export class Running {
  readonly id: WorkerId;
  readonly terminal: Terminal;
  readonly transcript: Transcript;
  readonly mailbox: Mailbox;
  readonly screen: ScreenWatch;
  /** Senders, one after another. */
  readonly sending = createQueue();
  /** By request, once at a time: a second key would go to the next dialog. */
  readonly answering = createOnce();
  readonly #deps: TeamDeps;
  readonly #link: Link;
  readonly #watch: Watch;
  readonly #exit: Disposable | undefined;
  readonly #away: Disposable;
  readonly #judging: Judging;
  #evidence: Evidence;
  #over = false;
  #lastLook: Disposable | undefined;
  #forgotten: Promise<void> = Promise.resolve();
  #closing: string | undefined;
  readonly #interrupting = createQueue();

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
        this.#judging.say(summary);
        this.#judging.settle();
      },
    });
    this.#link = createLink(deps, this.id, this.transcript);
    this.mailbox = openMailbox(deps, this, letters);
    const tell = (observation: Observation) => this.observe(observation);
    this.screen = watchScreen({ terminal, clock: deps.clock, read: this.read, tell, report: this.#report });
    this.#judging = createJudging(deps, this);
    const subject = { worker: this.id, conversation: worker.conversation ?? "", cwd: worker.cwd, pid: terminal.pid };
    this.#watch = deps.claude.watch(subject, tell);
    this.#exit = terminal.onExit((exit) => {
      const exited = this.#closing === undefined ? exit : { ...exit, reason: this.#closing };
      tell({ signal: "process", at: deps.clock.now(), exited });
    });
    this.#away = terminal.onAway((away) => tell({ signal: "terminal", at: deps.clock.now(), away }));
    for (const path of transcripts) this.transcript.follow(path);
    if (worker.conversation) this.#link.follow(worker.conversation, worker.transcript, null);
    this.#judging.decide();
  }

  get evidence(): Evidence {
    return this.#evidence;
  }

  get lastPrompt(): string | null {
    return this.transcript.turns.at(-1)?.prompts.at(-1)?.text ?? null;
  }

  /** Resolves when its own files are gone, once it has ended. */
  get forgotten(): Promise<void> {
    return this.#forgotten;
  }

  /** What Claude's screen shows now. */
  readonly read = async (): Promise<ScreenReading> => this.#deps.claude.read(await this.terminal.screen());

  /** Answers through the waiting hook call; false when there is none. */
  answerHook(request: string, answer: Answer): boolean {
    if (!this.#watch.answer(request, answer)) return false;
    // A subagent's request was never shown, and its result stands in another transcript: nothing else will tell its end.
    const asked = this.#evidence.asked.filter((a) => a.id !== request || a.agent === null);
    this.#take({ ...this.#evidence, asked });
    return true;
  }

  /** Answers what is open and a rule of the person's answers; how many that were. */
  answerByRules(): number {
    const open = this.#evidence.asked.filter((a) => a.held && this.#answersByRule(a.ask));
    this.#take({ ...this.#evidence, asked: this.#evidence.asked.filter((a) => !open.includes(a)) });
    return open.length;
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

  /** A manager's answer, to be confirmed by a person; false when only the terminal knows of this request. */
  propose(request: string, answer: Answer): boolean {
    if (!this.#evidence.asked.some((a) => a.id === request)) return false;
    this.#take({ ...this.#evidence, asked: propose(this.#evidence.asked, request, answer, this.#deps.clock.now()) });
    return true;
  }

  /** Ends its process; `reason` is told instead of the signal that ended it. */
  close(reason: string): Promise<void> {
    this.#closing = reason;
    return this.terminal.close();
  }

  /** Stops the running turn; see interruptTurn. One after another: a second Esc could open the rewind dialog. */
  interrupt(signal?: AbortSignal): Promise<void> {
    return this.#interrupting.run(() => interruptTurn(this, this.#deps, signal));
  }

  /** Resolves when nothing is being interrupted: until then the input box may be filled and cleared again. */
  calm(): Promise<void> {
    return this.#interrupting.settled();
  }

  observe(observation: Observation): void {
    if (observation.signal === "transcript") recordIn(this.mailbox, observation);
    if (this.#over) return;
    if (observation.signal === "hook" && observation.event === "UserPromptSubmit") this.mailbox.prove(observation.text);
    if (observation.signal === "hook") this.#hooked(observation);
    if (observation.signal === "hook" && observation.event === "PermissionRequest")
      if (this.#answersByRule(observation.ask)) return; // it never was a question to anybody
    if (observation.signal === "live" && observation.status !== "gone")
      this.#link.follow(observation.conversation, null, observation.pid);
    this.#take(note(this.#evidence, observation));
  }

  #hooked(hook: Extract<Observation, { signal: "hook" }>): void {
    // SessionEnd may overtake the start of the conversation that follows it.
    if (hook.event !== "PermissionRequest.ended" && hook.event !== "SessionEnd")
      this.#link.follow(hook.conversation, hook.transcript, null);
    if (hook.event !== "PermissionRequest" || hook.ask.agent === null) return;
    const { request } = hook.ask;
    this.#deps.clock.after(agentHoldMs, () => this.release(request));
  }

  #answersByRule(ask: Ask): boolean {
    if (!answersByRule(this.#deps, this.id, ask, this.#watch)) return false;
    this.#evidence = { ...this.#evidence, answered: this.#deps.clock.now() };
    return true;
  }

  /** Stops all listening; touches neither the terminal nor the worker. */
  [Symbol.dispose](): void {
    this.#stop();
    this.#lastLook?.[Symbol.dispose]();
    this.transcript[Symbol.dispose]();
  }

  #take(evidence: Evidence): void {
    const closed = this.#evidence.asked.filter((a) => a.held && !evidence.asked.some((b) => b.id === a.id));
    this.#evidence = evidence;
    for (const { id } of closed) this.#watch.release(id);
    this.#judging.decide();
  }

  /** Its process is no more. */
  ended(reason: string): void {
    this.#stop();
    endLetters(this.mailbox, reason);
    this.#deps.remember({ type: "worker.gone", id: this.id, reason, at: this.#deps.clock.now() });
    this.#forgotten = this.#deps.claude.forget(this.id).catch(this.#report);
    this.#lastLook = this.#deps.clock.after(lastLinesMs, () => void this.#finish().catch(this.#report));
  }

  /** What its last lines do not tell of its messages nothing will. */
  async #finish(): Promise<void> {
    await this.transcript.finish();
    this.#judging.settle();
    settleRest(this.mailbox, this.transcript.turns);
  }

  #stop(): void {
    this.#over = true;
    for (const part of [this.#exit, this.#away, this.screen, this.#watch, this.mailbox, this.#judging])
      part?.[Symbol.dispose]();
  }

  readonly #report = (cause: unknown): void => this.#deps.report(this.id, cause);
}
