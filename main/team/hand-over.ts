import type { Phase } from "../../contract/worker.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { changed } from "./changed.ts";
import { type Clock, deadline } from "./clock.ts";
import type { ScreenReading } from "./ports.ts";
import { awayIn } from "./reach.ts";

export interface HandOverDeps {
  readonly terminal: Pick<Terminal, "type" | "onChange">;
  readonly clock: Clock;
  read(): Promise<ScreenReading>;
  /** Resolves when the phase is one of these. */
  becomes(wanted: readonly Phase["is"][], signal: AbortSignal): Promise<Phase>;
}

/**
 * So many bytes at once, escapes included. A pseudo-terminal holds 4 kB and cuts what is more anywhere; Claude Code 2.1.330, busy
 * drawing, gives up on a cut `ESC[201~` and takes its last letter for text: seen with 100 kB on a busy machine.
 */
const portionBytes = 1000;
/** How long Claude may take to show a portion; then the next is typed all the same. */
const shownMs = 2000;

/** Types portions, each once Claude shows what was typed `before`; null when all was handed over, else why nobody knows whether it was. */
export async function handOver(
  portions: readonly string[],
  before: string,
  deps: HandOverDeps,
  signal: AbortSignal,
): Promise<string | null> {
  let typed = before;
  try {
    for (const portion of portions) {
      if (typed !== "") await untilShown(typed, deps, signal);
      // A dialog that opened meanwhile would take the rest for its keys.
      if (typed !== "") await deps.becomes(["idle", "working"], signal);
      await deps.terminal.type(portion);
      typed += portion;
    }
    return null;
  } catch (cause) {
    const why = awayIn(cause);
    if (why === null) throw cause;
    return why;
  }
}

/** The chunks of a letter, none ever cut, in as few strings as the limit allows. */
export function portionsOf(chunks: readonly string[]): string[] {
  const portions: string[] = [];
  let size = portionBytes;
  for (const chunk of chunks) {
    const bytes = Buffer.byteLength(chunk);
    if (size + bytes > portionBytes) {
      portions.push("");
      size = 0;
    }
    portions.push(`${portions.pop()}${chunk}`);
    size += bytes;
  }
  return portions;
}

/** Resolves when the box shows all of it, or stands there long enough without; where there is no box, something else takes the keys. */
async function untilShown(typed: string, { terminal, clock, read }: HandOverDeps, signal: AbortSignal): Promise<void> {
  for (let draft: string | null = null; draft === null; ) {
    using limit = deadline(clock, shownMs, signal);
    while (!limit.signal.aborted) {
      draft = (await read()).draft;
      if (draft !== null && endsWith(typed, draft)) return;
      await changed(terminal, limit.signal);
    }
    signal.throwIfAborted();
  }
}

/** Longer than what any input box shows. */
const inSight = 20_000;
/** So few letters can be the end of anything. */
const fewest = 40;

/** Whether the input box has come to the end of what was typed; of much it shows the last rows. */
function endsWith(typed: string, draft: string): boolean {
  const plain = typed.slice(-inSight).replaceAll("\x1b[200~", "").replaceAll("\x1b[201~", "").replace(/\s/g, "");
  const shown = draft.replace(/\s/g, "");
  return shown.length < fewest ? shown === plain : plain.endsWith(shown);
}
