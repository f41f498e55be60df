import type { HostKind } from "../../contract/worker.ts";
import { terminalGone, unreachable } from "./failures.ts";
import type { Exit, Terminal } from "./terminal.ts";

export interface LateOptions {
  readonly host: HostKind;
  readonly ref: string;
  /** Looks for it again; undefined: its host is back, and it is gone. Rejects while the host cannot be reached. */
  find(): Promise<Terminal | undefined>;
  /** Why it was not found at once. */
  readonly why: string;
  /** Calls back after so many milliseconds. */
  after(ms: number, run: () => void): unknown;
}

const firstMs = 2000;
const longestMs = 60_000;
const lost: Exit = { code: null, reason: "its terminal was gone when its host could be reached again", lastWords: "" };

/**
 * A terminal from before a restart of ours whose host cannot be reached yet: neither there nor gone. Looks for it less and less
 * often, and at once when somebody uses it; from then on it is the one that was found.
 */
export function lateTerminal(options: LateOptions): Terminal {
  const search = startSearch(options);
  const { need, later } = search;
  return {
    host: options.host,
    ref: options.ref,
    get pid() {
      return search.found?.pid ?? null;
    },
    type: async (text) => (await need()).type(text),
    screen: async () => (await need()).screen(),
    onChange(listener) {
      const away = search.why !== null;
      return later((terminal) => {
        if (away) listener(); // Nobody knows what was drawn meanwhile.
        return terminal?.onChange(listener);
      });
    },
    onExit: (listener) => later((terminal) => (terminal ? terminal.onExit(listener) : listener(lost))),
    onAway(listener) {
      const away = search.why !== null;
      if (away) listener(search.why);
      return later((terminal) => {
        if (away) listener(null);
        return terminal?.onAway(listener);
      });
    },
    resize: async (cols, rows) => (await need()).resize(cols, rows),
    get focus() {
      const { found } = search;
      return found ? found.focus : async () => (await need()).focus?.();
    },
    name: async (label) => (await need()).name(label),
    async close(graceMs) {
      if (!search.lost) await (await need()).close(graceMs);
    },
  };
}

// biome-ignore lint/suspicious/noConfusingVoidType: an attachment may leave nothing behind
type Attach = (terminal: Terminal | undefined) => Disposable | undefined | void;

/** Looks until it is found, or its host is back without it. */
function startSearch({ find, why: first, after }: LateOptions) {
  let why: string | null = first;
  let found: Terminal | undefined;
  let looking: Promise<void> | undefined;
  const waiting = new Set<Attach>();

  function arrive(terminal: Terminal | undefined): void {
    found = terminal;
    why = null;
    for (const attach of waiting) attach(terminal);
    waiting.clear();
  }

  async function look(): Promise<void> {
    try {
      arrive(await find());
    } catch (cause) {
      why = cause instanceof Error ? cause.message : String(cause);
    }
    looking = undefined;
  }

  async function settle(): Promise<void> {
    if (why === null) return;
    looking ??= look();
    await looking;
  }

  function keepLooking(ms: number): void {
    after(ms, async () => {
      if (waiting.size > 0) await settle();
      // Whoever waited may have left: then nobody asks any more.
      if (waiting.size > 0) keepLooking(Math.min(2 * ms, longestMs));
    });
  }

  return {
    get found() {
      return found;
    },
    /** Why it cannot be reached; null once its fate is known. */
    get why() {
      return why;
    },
    get lost() {
      return why === null && !found;
    },
    async need(): Promise<Terminal> {
      await settle();
      if (!found) throw why === null ? terminalGone() : unreachable(why);
      return found;
    },
    /** Attaches when its fate is known, which may be now; `undefined`: it is gone. */
    later(attach: Attach): Disposable {
      let attached: Disposable | undefined;
      const run: Attach = (terminal) => {
        attached = attach(terminal) ?? undefined;
      };
      if (why === null) run(found);
      else if (waiting.add(run).size === 1) keepLooking(firstMs);
      return {
        [Symbol.dispose]() {
          waiting.delete(run);
          attached?.[Symbol.dispose]();
        },
      };
    },
  };
}
