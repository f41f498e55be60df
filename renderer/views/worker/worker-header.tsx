import { useState } from "react";
import type { Worker } from "../../../contract/worker.ts";
import { call } from "../../store.ts";
import { plain } from "../../words/plain.ts";
import { type Action, useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { Glyph } from "../glyph.tsx";
import { Icon } from "../icon.tsx";
import { useLeaveFocus } from "../leave-focus.ts";
import { backToList } from "../use-shortcuts.ts";
import { CloseButton } from "./close-button.tsx";
import { MoreMenu } from "./more-menu.tsx";
import { RenameForm } from "./rename-form.tsx";
import { Why } from "./why.tsx";

/** Who it is, how it is, and what can be done with it. */
export function WorkerHeader({ worker }: { worker: Worker }) {
  const [renaming, setRenaming] = useState(false);
  return (
    <header className="worker-head">
      <button type="button" className="button plain back" onClick={backToList}>
        <Icon name="back" /> Workers
      </button>
      <div className="worker-title">
        <Glyph phase={worker.phase} unread={worker.unread} />
        {renaming ? (
          <RenameForm worker={worker} onDone={() => setRenaming(false)} />
        ) : (
          <h2 id="worker-name">
            <bdi>{plain(worker.name)}</bdi>
          </h2>
        )}
      </div>
      <Actions worker={worker} onRename={() => setRenaming(true)} />
      <p className="worker-facts quiet" title={`${plain(worker.cwd)}${facts(worker)}${where(worker)}`}>
        <span className="fact-path">
          <bdi>{plain(worker.cwd)}</bdi>
        </span>
        <span>{facts(worker)}</span>
        <span className="fact-more">{where(worker)}</span>
      </p>
      <Why worker={worker} />
    </header>
  );
}

function Actions({ worker, onRename }: { worker: Worker; onRename: () => void }) {
  const action = useAction();
  return (
    <>
      <div className="actions">
        {worker.phase.is === "working" && <Interrupt worker={worker} action={action} />}
        {worker.phase.is !== "gone" && <CloseButton worker={worker} />}
        <MoreMenu worker={worker} action={action} onRename={onRename} />
      </div>
      <Failure of={action.failure} />
    </>
  );
}

function Interrupt({ worker, action: { busy, run } }: { worker: Worker; action: Action }) {
  const button = useLeaveFocus<HTMLButtonElement>();
  const stop = () => busy || run(() => call("interrupt", { worker: worker.id }));
  return (
    <button ref={button} type="button" className="button" aria-disabled={busy} onClick={stop}>
      Interrupt
    </button>
  );
}

/** What it works on, and how. */
function facts({ branch, model, permissionMode }: Worker): string {
  const mode = { manual: null, acceptEdits: "edits freely", plan: "plans only", bypassPermissions: "never asks" }[
    permissionMode
  ];
  return dotted([branch, model, mode].filter((fact) => fact !== null));
}

/** Where it lives, and its name for the command line: for who looks closer. */
const where = ({ id, terminal }: Worker): string => dotted([terminal.host, id]);

const dotted = (facts: readonly string[]) => facts.map((fact) => ` · ${isolated(plain(fact))}`).join("");

/** Text that is written from right to left must not turn what stands beside it. */
const isolated = (text: string) => `\u2068${text}\u2069`;
