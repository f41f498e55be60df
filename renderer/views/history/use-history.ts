import { useEffect, useState } from "react";
import type { TeamError } from "../../../contract/error.ts";
import type { Worker } from "../../../contract/worker.ts";
import { createHistoryReader } from "../../link/history-reader.ts";
import { call, usePanel } from "../../store.ts";
import type { Loaded } from "../../words/pages.ts";
import { asTeamError } from "../action.ts";
import { useVisible } from "../now.ts";

export interface ReadHistory {
  readonly loaded: Loaded | undefined;
  readonly failure: TeamError | undefined;
  older(): void;
}

/** The newest messages of one worker, kept up to date while the page can be seen; `older` reads the page before them. */
export function useHistory(worker: Worker): ReadHistory {
  const { id, messageCount, lastActivity, activity, lastReply, problem } = worker;
  const [loaded, setLoaded] = useState<Loaded>();
  const [failure, setFailure] = useState<TeamError>();
  const connection = usePanel((panel) => panel.connection);
  const visible = useVisible();

  const [reader] = useState(() => {
    const show = (fresh: Loaded) => {
      setLoaded(fresh);
      setFailure(undefined);
    };
    const failed = (cause: unknown) => setFailure(asTeamError(cause));
    return createHistoryReader({ read: (range) => call("history", { worker: id, ...range }), show, failed });
  });

  // Whatever changes when the transcript goes on asks for its newest part again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are the reason to read, not what is read
  useEffect(() => {
    if (visible && connection.is === "online") reader.refresh();
  }, [reader, visible, connection, messageCount, lastActivity, activity, lastReply, problem]);

  return { loaded, failure, older: reader.older };
}
