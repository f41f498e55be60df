import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

/** The requests that wait for an answer; each has a signal. */
export interface Held {
  /** Aborts when the caller hangs up before its answer, or when all are let go. */
  signalFor(res: ServerResponse): AbortSignal;
  /** Aborts every signal with this reason; resolves when all are answered, or after `graceMs`. */
  letGo(reason: unknown, graceMs: number): Promise<void>;
}

export function createHeld(): Held {
  const open = new Map<ServerResponse, AbortController>();

  function signalFor(res: ServerResponse): AbortSignal {
    const controller = new AbortController();
    open.set(res, controller);
    res.once("close", () => {
      open.delete(res);
      if (!res.writableFinished) controller.abort();
    });
    return controller.signal;
  }

  async function letGo(reason: unknown, graceMs: number): Promise<void> {
    const answered = [...open.keys()].map((res) => once(res, "close"));
    for (const controller of open.values()) controller.abort(reason);
    await Promise.race([Promise.all(answered), delay(graceMs, undefined, { ref: false })]);
  }

  return { signalFor, letGo };
}
