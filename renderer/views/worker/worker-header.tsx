import { useState } from "react";
import type { Worker } from "../../../contract/worker.ts";
import { call, select } from "../../store.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { Glyph } from "../glyph.tsx";
import { CloseButton } from "./close-button.tsx";
import { RenameForm } from "./rename-form.tsx";
import { Why } from "./why.tsx";

export function WorkerHeader({ worker }: { worker: Worker }) {
  const [renaming, setRenaming] = useState(false);
  return (
    <header className="worker-head">
      <button type="button" className="button back" onClick={() => select(undefined)}>
        <span aria-hidden="true">‹</span> Workers
      </button>
      <div className="worker-title">
        <Glyph phase={worker.phase} unread={worker.unread} />
        {renaming ? (
          <RenameForm worker={worker} onDone={() => setRenaming(false)} />
        ) : (
          <Name worker={worker} onRename={() => setRenaming(true)} />
        )}
      </div>
      <Actions worker={worker} />
      <p className="worker-facts quiet" title={worker.cwd}>
        <span className="fact-path">
          <bdi>{worker.cwd}</bdi>
        </span>
        <span>{facts(worker)}</span>
      </p>
      <Why worker={worker} />
    </header>
  );
}

function Name({ worker, onRename }: { worker: Worker; onRename: () => void }) {
  return (
    <>
      <h2 id="worker-name">{worker.name}</h2>
      <button type="button" className="button plain" onClick={onRename}>
        Rename
      </button>
    </>
  );
}

function Actions({ worker: { id, phase, name } }: { worker: Worker }) {
  const action = useAction();
  const act = (command: "interrupt" | "dismiss") => () => action.run(() => call(command, { worker: id }));
  return (
    <>
      <div className="actions">
        {phase.is === "working" && (
          <button type="button" className="button" disabled={action.busy} onClick={act("interrupt")}>
            Interrupt
          </button>
        )}
        {phase.is === "gone" ? (
          <button type="button" className="button" disabled={action.busy} onClick={act("dismiss")}>
            Take off the list
          </button>
        ) : (
          <CloseButton id={id} name={name} idle={phase.is === "idle"} />
        )}
      </div>
      <Failure of={action.failure} />
    </>
  );
}

function facts({ id, branch, model, terminal, permissionMode }: Worker): string {
  const mode = { manual: null, acceptEdits: "edits freely", plan: "plans only", bypassPermissions: "never asks" }[
    permissionMode
  ];
  const known = [branch, model, mode, terminal.host, id].filter((fact) => fact !== null);
  return known.map((fact) => ` · ${fact}`).join("");
}
