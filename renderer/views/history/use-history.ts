import { useEffect, useMemo, useState } from "react";
import type { TeamError } from "../../../contract/error.ts";
import type { Worker } from "../../../contract/worker.ts";
import { createHistoryReader, type Reading } from "../../link/history-reader.ts";
import { call, usePanel } from "../../store.ts";
import { asTeamError } from "../action.ts";
import { useVisible } from "../now.ts";

export interface ReadHistory extends Reading {
  readonly failure: TeamError | undefined;
  older(): void;
  /** Reads once more what could not be read. */
  again(): void;
}

const nothing: Reading = { loaded: undefined, failure: undefined, stopped: false };

/** The newest messages of one worker, kept up to date while the page can be seen; `older` reads the page before them. */
export function useHistory(worker: Worker): ReadHistory {
  const { id, messageCount, lastActivity, activity, lastReply, problem } = worker;
  const [reading, setReading] = useState(nothing);
  const connection = usePanel((panel) => panel.connection);
  const visible = useVisible();
  const [reader] = useState(() =>
    createHistoryReader((range) => call("history", { worker: id, ...range }), setReading),
  );
  const cause = reading.failure;
  const failure = useMemo(() => (cause === undefined ? undefined : asTeamError(cause)), [cause]);
  const can = visible && connection.is === "online";

  // Whatever changes when the transcript goes on asks for its newest part again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are the reason to read, not what is read
  useEffect(() => {
    if (can) reader.refresh();
  }, [reader, can, connection, messageCount, lastActivity, activity, lastReply, problem]);

  // What failed may have failed for want of this connection.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new connection is the reason to read
  useEffect(() => {
    if (can) reader.again();
  }, [reader, can, connection]);

  return { ...reading, failure, older: reader.older, again: reader.again };
}
