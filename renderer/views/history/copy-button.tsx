import { useState } from "react";
import { Icon } from "../icon.tsx";

interface CopyProps {
  readonly text: string;
  /** What is copied: `Copy message`. */
  readonly label: string;
}

/** Copies a text; says so for as long as it has the focus or the pointer. */
export function CopyButton({ text, label }: CopyProps) {
  const [state, setState] = useState<"ready" | "copied" | "failed">("ready");
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState("copied"),
      // The page may not have the focus, or the right: said on the button.
      () => setState("failed"),
    );
  const said = { ready: label, copied: "Copied", failed: "Could not copy" }[state];
  return (
    <button
      type="button"
      className="icon-button copy"
      aria-label={said}
      title={said}
      onClick={copy}
      onBlur={() => setState("ready")}
      onPointerLeave={() => setState("ready")}
    >
      <Icon name={state === "copied" ? "check" : state === "failed" ? "warning" : "copy"} />
    </button>
  );
}
