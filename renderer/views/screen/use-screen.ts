import { useEffect, useState } from "react";
import type { TeamError } from "../../../contract/error.ts";
import type { Screen } from "../../../contract/screen.ts";
import type { WorkerId } from "../../../contract/worker.ts";
import { followScreen } from "../../link/follow-screen.ts";
import { call, usePanel } from "../../store.ts";
import { isBlank } from "../../words/rows.ts";
import { asTeamError } from "../action.ts";
import { useVisible } from "../now.ts";

export interface Shown {
  readonly screen: Screen | undefined;
  /** Why it cannot be read now. */
  readonly failure: TeamError | undefined;
  /** False when what is shown may be old: no connection, a failure, or the worker has ended. */
  readonly live: boolean;
}

/** What was seen last of each worker; a terminal that ends takes its screen away. */
const seen = new Map<WorkerId, Screen>();
const mostSeen = 50;

/** The worker's screen, read for as long as this is on a page that can be seen. Of one that has ended, the last that was seen here. */
export function useScreen(worker: WorkerId, gone: boolean): Shown {
  const [shown, setScreen] = useState<Screen>();
  const [failure, setFailure] = useState<TeamError>();
  const visible = useVisible();
  const connection = usePanel((panel) => panel.connection);
  const reading = visible && !gone && connection.is === "online";

  useEffect(() => {
    if (!reading) return;
    const ending = new AbortController();
    const read = (after: number | undefined, signal: AbortSignal) =>
      call("screen", { worker, ...(after !== undefined && { after }) }, signal);
    const show = (fresh: Screen) => {
      setScreen(fresh);
      remember(worker, fresh);
      setFailure(undefined);
    };
    void followScreen({ read, show, failed: (cause) => setFailure(asTeamError(cause)), pause }, ending.signal);
    return () => ending.abort();
  }, [worker, reading]);

  if (gone) return { screen: seen.get(worker), failure: undefined, live: false };
  return { screen: shown, failure, live: reading && !failure };
}

/** Claude Code may clear its screen when it ends: that is not worth keeping. */
function remember(worker: WorkerId, screen: Screen): void {
  if (isBlank(screen)) return;
  seen.delete(worker);
  seen.set(worker, screen);
  const [oldest] = seen.keys();
  if (seen.size > mostSeen && oldest) seen.delete(oldest);
}

/** Resolves after so many milliseconds or when the signal is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
