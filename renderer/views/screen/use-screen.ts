import { useEffect, useState } from "react";
import type { TeamError } from "../../../contract/error.ts";
import type { Screen } from "../../../contract/screen.ts";
import type { WorkerId } from "../../../contract/worker.ts";
import { followScreen } from "../../link/follow-screen.ts";
import { call, usePanel } from "../../store.ts";
import { asTeamError } from "../action.ts";
import { useVisible } from "../now.ts";

export interface Shown {
  readonly screen: Screen | undefined;
  /** Why it cannot be read now. */
  readonly failure: TeamError | undefined;
  /** False when what is shown may be old: no connection, a failure, or the worker has ended. */
  readonly live: boolean;
}

/** The worker's screen, read for as long as this is on a page that can be seen. */
export function useScreen(worker: WorkerId, gone: boolean): Shown {
  const [screen, setScreen] = useState<Screen>();
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
      setFailure(undefined);
    };
    void followScreen({ read, show, failed: (cause) => setFailure(asTeamError(cause)), pause }, ending.signal);
    return () => ending.abort();
  }, [worker, reading]);

  return { screen, failure, live: reading && !failure };
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
