import { useState } from "react";
import { copy } from "../copy-line.tsx";
import { Icon } from "../icon.tsx";

interface CopyProps {
  readonly text: string;
  /** What is copied: `Copy message`. */
  readonly label: string;
}

/** Copies a text; says so for as long as it has the focus or the pointer. */
export function CopyButton({ text, label }: CopyProps) {
  const [state, setState] = useState<"ready" | "copied" | "failed">("ready");
  const said = { ready: label, copied: "Copied", failed: "Could not copy" }[state];
  return (
    <button
      type="button"
      className="icon-button copy"
      aria-label={said}
      title={said}
      onClick={async () => setState((await copy(text)) ? "copied" : "failed")}
      onBlur={() => setState("ready")}
      onPointerLeave={() => setState("ready")}
    >
      <Icon name={state === "copied" ? "check" : state === "failed" ? "warning" : "copy"} />
    </button>
  );
}
