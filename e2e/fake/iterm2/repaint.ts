import type { Delays } from "./happening.ts";
import type { Session } from "./session.ts";

/** Tells what was drawn in the rhythm of iTerm2: every repaint of what is in sight and busy, else about once a second. */
export function createRepaint(
  delays: Delays,
  isInSight: (session: Session) => boolean,
  tell: (session: Session) => void,
) {
  const waiting = new WeakSet<Session>();
  const lastDirty = new WeakMap<Session, number>();
  const lastTold = new WeakMap<Session, number>();

  function paint(session: Session): void {
    waiting.delete(session);
    lastTold.set(session, performance.now());
    tell(session);
  }

  return {
    dirty(session: Session): void {
      const now = performance.now();
      const wasQuiet = now - (lastDirty.get(session) ?? now) > delays.quiet;
      lastDirty.set(session, now);
      if (waiting.has(session)) return;
      waiting.add(session);
      const isSlow = wasQuiet || !isInSight(session);
      const next = (lastTold.get(session) ?? 0) + delays.repaint - now;
      setTimeout(
        () => paint(session),
        isSlow ? delays.idleRepaint - (now % delays.idleRepaint) : Math.max(0, next),
      ).unref();
    },
  };
}
