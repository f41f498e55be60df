import { TeamError } from "../../contract/error.ts";
import type { WorkerId } from "../../contract/worker.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { changed } from "./changed.ts";
import { deadline } from "./clock.ts";
import { isPartOf } from "./deliver.ts";
import type { TeamDeps } from "./deps.ts";
import type { ScreenReading } from "./ports.ts";
import { present, untilPhase } from "./waits.ts";

/** One worker's keyboard and screen. */
interface Keyboard {
  readonly id: WorkerId;
  readonly terminal: Terminal;
  /** The newest prompt that Claude took, as far as its transcript tells. */
  readonly lastPrompt: string | null;
  read(): Promise<ScreenReading>;
}

const esc = "\u001b";
/** Esc is answered within 0.12 s by Claude Code 2.1.330; a tool may take longer to end. */
const stoppedMs = 10_000;
/** How long an un-sent prompt may take to come back into the input box. */
const backMs = 400;
const clearedMs = 2000;

/**
 * Stops the running turn with one Esc and resolves when the worker is idle; nothing happens when it is. Esc before Claude's first
 * word puts the prompt back into the input box as a draft (2.1.330): that is cleared, unless a draft stood there before.
 */
export async function interruptTurn(running: Keyboard, deps: TeamDeps, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const { phase, name } = present(deps.store.state, running.id);
  if (phase.is === "gone") throw new TeamError("WORKER_GONE", `${name} has ended: ${phase.reason}`);
  if (phase.is === "starting") throw new TeamError("WORKER_STARTING", `${name} has not started yet`);
  if (phase.is === "idle") return;
  const before = await running.read();
  await running.terminal.type(esc);
  using limit = deadline(deps.clock, stoppedMs, signal);
  try {
    await untilPhase(deps.store, running.id, ["idle"], limit.signal);
  } catch (cause) {
    if (signal?.aborted || !limit.signal.aborted) throw cause;
    throw new TeamError("TIMED_OUT", `${name} did not stop within ${stoppedMs / 1000} s of Esc`, { cause });
  }
  if (!before.draft) await clearReturned(running, deps, signal);
}

async function clearReturned(running: Keyboard, deps: TeamDeps, signal?: AbortSignal): Promise<void> {
  using limit = deadline(deps.clock, backMs, signal);
  await untilDraft(running, true, limit.signal);
  signal?.throwIfAborted();
  const { draft } = await running.read();
  // A person may have begun to type in the meantime: that is theirs.
  if (draft && running.lastPrompt !== null && isPartOf(draft, running.lastPrompt))
    await clearDraft(running, deps, signal);
}

/**
 * Empties the input box: Ctrl-U twice for each line, once for its text and once for the line itself. Esc Esc would open the
 * rewind dialog on an empty box (Claude Code 2.1.330). Resolves when the screen shows it empty; throws TIMED_OUT.
 */
export async function clearDraft(running: Keyboard, deps: TeamDeps, signal?: AbortSignal): Promise<void> {
  const { draft } = await running.read();
  if (!draft) return;
  await running.terminal.type("\u0015".repeat(2 * draft.split("\n").length));
  using limit = deadline(deps.clock, clearedMs, signal);
  if (await untilDraft(running, false, limit.signal)) return;
  signal?.throwIfAborted();
  throw new TeamError("TIMED_OUT", "the input box still holds a draft");
}

/** Waits until the box holds a draft, or none; false when the signal fired before. */
async function untilDraft(running: Keyboard, wanted: boolean, signal: AbortSignal): Promise<boolean> {
  for (;;) {
    const next = changed(running.terminal, signal);
    if (Boolean((await running.read()).draft) === wanted) return true;
    await next;
    if (signal.aborted) return false;
  }
}
