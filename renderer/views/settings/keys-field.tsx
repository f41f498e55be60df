import { type KeyboardEvent, useState } from "react";
import { acceleratorOf, shortcutWords } from "../../words/accelerator.ts";
import { commandKey } from "../command-key.ts";

interface KeysProps {
  readonly id: string;
  readonly value: string | null;
  readonly save: (value: string | null) => void;
}

/** A shortcut, set by pressing it. */
export function KeysField({ id, value, save }: KeysProps) {
  const [listening, setListening] = useState(false);

  function onKeyDown(event: KeyboardEvent): void {
    if (!listening || event.key === "Tab") return;
    event.preventDefault();
    const keys = acceleratorOf(event, commandKey === "⌘");
    if (keys) save(keys);
    if (keys || event.key === "Escape") setListening(false);
  }

  return (
    <span className="keys-field">
      <button
        id={id}
        type="button"
        className="button"
        onClick={() => setListening(true)}
        onKeyDown={onKeyDown}
        onBlur={() => setListening(false)}
      >
        {listening ? "Press the keys…" : value ? shortcutWords(value) : "None"}
      </button>
      {value && (
        <button type="button" className="button plain" aria-label="Remove the shortcut" onClick={() => save(null)}>
          Remove
        </button>
      )}
    </span>
  );
}
