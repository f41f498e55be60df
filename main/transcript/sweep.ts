const busyMs = 2000;
const restMs = 30_000;
/** So many looks in a row without news, and it is at rest. */
const restsAfter = 5;

/** A look that is taken again and again. */
export interface Sweep extends Disposable {
  /** There was news: look often again. */
  stir(): void;
}

interface Swept {
  readonly look: () => void;
  quiet: number;
}

const all = new Set<Swept>();
let timer: NodeJS.Timeout | undefined;
let resting = false;

/**
 * Calls `look` every 2 s, or every 30 s once nothing anywhere has stirred for a while: events tell what happens, and this is for
 * those that were lost. One timer serves all tails, since each waking costs an idle process more than fifty looks.
 */
export function sweep(look: () => void): Sweep {
  const swept: Swept = { look, quiet: 0 };
  all.add(swept);
  if (all.size === 1 || resting) hurry();
  return {
    stir() {
      swept.quiet = 0;
      if (resting) hurry();
    },
    [Symbol.dispose]() {
      all.delete(swept);
      if (all.size === 0) clearTimeout(timer);
    },
  };
}

function hurry(): void {
  resting = false;
  schedule(busyMs);
}

function schedule(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(tick, ms).unref();
}

function tick(): void {
  for (const swept of [...all]) {
    swept.quiet++;
    swept.look();
  }
  resting = [...all].every(({ quiet }) => quiet > restsAfter);
  if (all.size > 0) schedule(resting ? restMs : busyMs);
}
