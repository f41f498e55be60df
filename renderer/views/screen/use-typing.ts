import { type KeyboardEvent, useRef, useState } from "react";
import type { TeamError } from "../../../contract/error.ts";
import type { WorkerId } from "../../../contract/worker.ts";
import { call } from "../../store.ts";
import { keyCodes, leaves } from "../../words/keys.ts";
import { asTeamError } from "../action.ts";

export interface Typing {
  /** Keys go to the worker's terminal. */
  readonly on: boolean;
  readonly failure: TeamError | undefined;
  begin(): void;
  end(): void;
  onKeyDown(event: KeyboardEvent): void;
}

/** A person's keys for a worker's terminal. One call at a time, so that they arrive in order. */
export function useTyping(worker: WorkerId): Typing {
  const [on, setOn] = useState(false);
  const [failure, setFailure] = useState<TeamError>();
  const waiting = useRef("");
  const sending = useRef(false);

  async function send(): Promise<void> {
    if (sending.current) return;
    sending.current = true;
    try {
      for (let keys = take(); keys !== ""; keys = take()) await call("type", { worker, keys });
      setFailure(undefined);
    } catch (cause) {
      setFailure(asTeamError(cause));
    } finally {
      sending.current = false;
    }
  }

  function take(): string {
    const keys = waiting.current;
    waiting.current = "";
    return keys;
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!on) return;
    const keys = keyCodes(event);
    if (keys !== undefined) waiting.current += keys;
    else if (leaves(event)) setOn(false);
    else return;
    event.preventDefault();
    void send();
  }

  return { on, failure, begin: () => setOn(true), end: () => setOn(false), onKeyDown };
}
