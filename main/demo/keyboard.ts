import type { Asking } from "./asking.ts";
import { type Box, edit, submitted } from "./box.ts";
import { press } from "./dialog.ts";
import type { Key } from "./keys.ts";
import type { Stage } from "./stage.ts";

/** What the keyboard can bring about. */
export interface KeyboardDeps {
  readonly stage: Stage;
  readonly asking: Asking;
  readonly busy: () => boolean;
  enter(text: string): void;
  interrupt(): void;
  quit(): void;
}

/** Handles keys one by one: the open dialog gets them, else the input box. */
export function createKeyboard({ stage, asking, busy, enter, interrupt, quit }: KeyboardDeps): (key: Key) => void {
  /** The control key whose repetition ends the program. */
  let leaving = "";

  function onBox(box: Box, key: Key) {
    if (key.is === "enter") return submit(box);
    if (key.is === "escape" && busy()) return interrupt();
    if (key.is === "control" && (key.letter === "c" || key.letter === "d")) return leave(box, key.letter);
    stage.change({ box: edit(box, key) });
  }

  function submit(box: Box) {
    if (box.text.endsWith("\\")) return stage.change({ box: { ...box, text: `${box.text.slice(0, -1)}\n` } });
    const text = box.text.trimEnd();
    if (!text.trim()) return;
    stage.change({ box: submitted(box) });
    if (["exit", "/exit", "/quit"].includes(text.trim())) quit();
    else enter(text);
  }

  /** Ctrl-C empties the box, ends a turn, and twice leaves; Ctrl-D twice leaves. */
  function leave(box: Box, letter: "c" | "d") {
    if (leaving === letter) return quit();
    if (letter === "c" && busy()) interrupt();
    leaving = letter;
    stage.change({
      box: { ...box, text: letter === "c" ? "" : box.text },
      hint: `Press Ctrl-${letter.toUpperCase()} again to exit`,
    });
  }

  return (key) => {
    if (leaving && !(key.is === "control" && key.letter === leaving)) {
      leaving = "";
      stage.change({ hint: null });
    }
    const [dialog] = stage.view.dialogs;
    if (!dialog) return onBox(stage.view.box, key);
    const pressed = press(dialog, key);
    if ("dialog" in pressed) asking.update(pressed.dialog);
    else asking.decide(pressed.decision);
  };
}
