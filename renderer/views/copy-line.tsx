import { useEffect, useState } from "react";
import { Icon } from "./icon.tsx";

const thanksMs = 2000;

/** A line to be pasted elsewhere, with a button that copies it. */
export function CopyLine({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), thanksMs);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <div className="copy-line">
      <code>{text}</code>
      <button
        type="button"
        className="icon-button"
        aria-label={`Copy: ${text}`}
        title="Copy"
        onClick={async () => setCopied(await copy(text))}
      >
        <Icon name={copied ? "check" : "copy"} />
      </button>
      <span className="unseen" role="status">
        {copied ? "Copied" : ""}
      </span>
    </div>
  );
}

/** Whether it could be copied; a page without the right to write to the clipboard may still copy what is selected. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No such right here: the old way is asked next.
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}
