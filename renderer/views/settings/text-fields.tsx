import { type KeyboardEvent, useEffect, useState } from "react";
import { linesOf } from "../../words/settings.ts";

interface FieldProps<T> {
  readonly id: string;
  readonly value: T;
  readonly save: (value: T) => void;
}

/**
 * What is being written; saved when the field is left or by Enter, forgotten by Esc, or when it does not fit. A change from
 * elsewhere replaces it.
 */
function useWritten(stored: string, save: (text: string) => void, fits = (_text: string) => true) {
  const [text, setText] = useState(stored);
  useEffect(() => setText(stored), [stored]);

  function keep(): void {
    if (!fits(text)) setText(stored);
    else if (text !== stored) save(text);
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape" && text !== stored) setText(stored);
    else if (event.key === "Enter" && event.currentTarget.tagName === "INPUT") keep();
    else return;
    event.preventDefault();
  }

  return { text, field: { onBlur: keep, onKeyDown, spellCheck: false, autoComplete: "off" }, setText };
}

export function TextField({ id, value, empty, save }: FieldProps<string | null> & { empty: string }) {
  const { text, setText, field } = useWritten(value ?? "", (written) => save(written.trim() || null));
  return (
    <input id={id} value={text} placeholder={empty} onChange={(event) => setText(event.target.value)} {...field} />
  );
}

export function LinesField({ id, value, empty, save }: FieldProps<string[]> & { empty: string }) {
  const { text, setText, field } = useWritten(value.join("\n"), (written) => save(linesOf(written)));
  return (
    <textarea
      id={id}
      rows={1}
      value={text}
      placeholder={empty}
      onChange={(event) => setText(event.target.value)}
      {...field}
    />
  );
}

interface NumberProps extends FieldProps<number> {
  readonly least: number;
  readonly most: number;
}

export function NumberField({ id, value, least, most, save }: NumberProps) {
  const { text, setText, field } = useWritten(String(value), (written) => save(Number(written)), isNumber);
  return (
    <input
      id={id}
      className="number"
      inputMode="numeric"
      aria-description={`From ${least} to ${most}`}
      value={text}
      onChange={(event) => setText(event.target.value.replace(/\D/g, ""))}
      {...field}
    />
  );
}

/** An empty field is no 0: that would be another port at every start. */
const isNumber = (text: string) => text !== "";
