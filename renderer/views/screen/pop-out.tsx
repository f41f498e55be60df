import type { Worker } from "../../../contract/worker.ts";
import { call } from "../../store.ts";
import { attachCommand } from "../../words/attach.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { CopyButton } from "../history/copy-button.tsx";

/** The way from the panel to the terminal itself, where its host has one. */
export function PopOut({ worker }: { worker: Worker }) {
  const { busy, failure, run } = useAction();
  if (worker.terminal.host === "pty") return null;
  if (worker.terminal.host === "tmux") {
    const command = attachCommand(worker);
    return (
      <span className="pop-out">
        <span className="quiet">In a terminal of yours:</span> <code>{command}</code>
        <CopyButton text={command} label="Copy the command" />
      </span>
    );
  }
  const focus = () => busy || run(() => call("focus", { worker: worker.id }));
  return (
    <span className="pop-out">
      <button type="button" className="button" aria-disabled={busy} onClick={focus}>
        Show it in iTerm2
      </button>
      <Failure of={failure} />
    </span>
  );
}
