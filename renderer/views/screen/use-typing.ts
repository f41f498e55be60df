import { type ClipboardEvent, type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import type { TeamError } from "../../../contract/error.ts";
import type { WorkerId } from "../../../contract/worker.ts";
import { call } from "../../store.ts";
import { keyCodes, leaves, pasteCodes } from "../../words/keys.ts";
import { asTeamError } from "../action.ts";
import { onMac } from "../command-key.ts";

export interface Typing {
  /** Keys go to the worker's terminal. */
  readonly on: boolean;
  readonly failure: TeamError | undefined;
  begin(): void;
  end(): void;
  /** For the text field that the person's keys, composed characters and pastes go to. */
  readonly field: {
    onKeyDown(event: KeyboardEvent): void;
    onInput(event: FormEvent<HTMLTextAreaElement>): void;
    onCompositionEnd(event: FormEvent<HTMLTextAreaElement>): void;
    onPaste(event: ClipboardEvent): void;
  };
}

/** A person's keys for a worker's terminal. */
export function useTyping(worker: WorkerId): Typing {
  const [on, setOn] = useState(false);
  const { failure, send } = useKeys(worker);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const keys = keyCodes(event, onMac);
    if (keys !== undefined) send(keys);
    else if (leaves(event)) setOn(false);
    else return;
    event.preventDefault();
  }

  function takeText({ currentTarget: field }: FormEvent<HTMLTextAreaElement>): void {
    if (field.value !== "") send(field.value);
    field.value = "";
  }

  function onInput(event: FormEvent<HTMLTextAreaElement>): void {
    if (!(event.nativeEvent as InputEvent).isComposing) takeText(event);
  }

  function onPaste(event: ClipboardEvent): void {
    event.preventDefault();
    send(pasteCodes(event.clipboardData.getData("text/plain")));
  }

  const field = { onKeyDown, onInput, onCompositionEnd: takeText, onPaste };
  return { on, failure, begin: () => setOn(true), end: () => setOn(false), field };
}

const mostAtOnce = 10_000;

/** Sends keys in order, one call at a time. What could not be sent is dropped, and said. */
function useKeys(worker: WorkerId) {
  const [failure, setFailure] = useState<TeamError>();
  const waiting = useRef("");
  const sending = useRef(false);

  async function send(keys: string): Promise<void> {
    waiting.current += keys;
    if (sending.current) return;
    sending.current = true;
    try {
      while (waiting.current !== "") await call("type", { worker, keys: take() });
      setFailure(undefined);
    } catch (cause) {
      waiting.current = "";
      setFailure(asTeamError(cause));
    } finally {
      sending.current = false;
    }
  }

  /** Never half a character. */
  function take(): string {
    const keys = waiting.current;
    const end = /[\ud800-\udbff]/.test(keys.charAt(mostAtOnce - 1)) ? mostAtOnce - 1 : mostAtOnce;
    waiting.current = keys.slice(end);
    return keys.slice(0, end);
  }

  return { failure, send: (keys: string) => void send(keys) };
}
