import type { Place } from "../../contract/commands.ts";
import type { Screen } from "../../contract/screen.ts";
import type { HostKind } from "../../contract/worker.ts";

/** What runs in a terminal: argv given as it is (no shell reads it), and the whole environment. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** How a terminal's command ended. `code` is null when a signal ended it or the host cannot tell; `lastWords`: the last rows shown, as text. */
export interface Exit {
  readonly code: number | null;
  readonly reason: string;
  readonly lastWords: string;
}

/** Where one worker lives. iTerm2, tmux and an embedded PTY each implement it. */
export interface Terminal {
  readonly host: HostKind;
  /** Finds it again: unique in its host, the same after a restart of ours. */
  readonly ref: string;
  /** The process whose descendants are the command; null when the host cannot tell. */
  readonly pid: number | null;
  /** Writes exactly these characters as UTF-8, as if typed; resolves when handed over. Rejects with TERMINAL_GONE after the end. */
  type(text: string): Promise<void>;
  screen(): Promise<Screen>;
  /** Something was drawn. Tells only that, at most once per 16 ms; nothing is read while nobody listens. */
  onChange(listener: () => void): Disposable;
  /** Called once, also when it ended before the call; by then all output is on the screen. */
  onExit(listener: (exit: Exit) => void): Disposable;
  /**
   * The host cannot be reached now, with the reason, or can again (null); told at once when it is so already. Meanwhile `type` and
   * `screen` reject with TERMINAL_UNREACHABLE, and the command goes on. An end that happened meanwhile is told after the return.
   */
  onAway(listener: (why: string | null) => void): Disposable;
  resize(cols: number, rows: number): Promise<void>;
  /** Brings it to the person's eyes; undefined where there is nothing to bring (an embedded PTY). */
  readonly focus: (() => Promise<void>) | undefined;
  name(label: string): Promise<void>;
  /** Ends the command's process group: SIGTERM, then SIGKILL after `graceMs`. Resolves when it is gone; harmless when it is. */
  close(graceMs?: number): Promise<void>;
}

export interface OpenOptions {
  readonly name: string;
  readonly place: Place;
  /** Our own mark on it, the worker's id: a person's other terminals bear none. */
  readonly mark: string;
  /** The host that was asked for, where there are several. */
  readonly kind?: HostKind;
  readonly signal?: AbortSignal;
}

/**
 * What opens and finds terminals. Failures are TeamErrors: TERMINAL_UNREACHABLE with the fact. Its dispose ends only what cannot
 * outlive it; where terminals can, they go on and are found again.
 */
export interface TerminalHost extends AsyncDisposable {
  readonly kind: HostKind;
  /** Resolves with what was found ("tmux 3.3a") when terminals can be opened now; else rejects, with the exact next step. */
  check(signal?: AbortSignal): Promise<string>;
  open(command: Command, options: OpenOptions): Promise<Terminal>;
  /** The terminal of this ref after a restart of ours, also one whose command ended meanwhile and still shows it; undefined when it is gone. */
  find(ref: string): Promise<Terminal | undefined>;
  /** Those that bear a mark of ours. */
  list(): Promise<Terminal[]>;
  /** The machine woke from sleep: looks at once whether it is still there. For hosts that a sleep may cut off. */
  wake?(): Promise<void>;
}

/** All hosts of this machine as one. */
export interface Terminals extends AsyncDisposable {
  /** What a new terminal would open in now ("tmux 3.3a"), by the person's setting; rejects with the exact next step. */
  check(signal?: AbortSignal): Promise<string>;
  /** The hosts that can open a terminal now, in the order in which `auto` takes them. A host that stands alone need not say. */
  usable?(signal?: AbortSignal): Promise<HostKind[]>;
  /** Opens it `on` this host; without one, where the person's setting says. */
  open(command: Command, options: OpenOptions & { readonly on?: HostKind }): Promise<Terminal>;
  /** As a host's, but resolves also while that host cannot be reached: the terminal then tells so, and later what became of it. */
  find(ref: string): Promise<Terminal | undefined>;
  /** As a host's. */
  wake?(): Promise<void>;
}
