import { type FormEvent, useState } from "react";
import type { Input } from "../../contract/commands.ts";
import type { PermissionMode } from "../../contract/worker.ts";
import { call, select, showSpawn, usePanel } from "../store.ts";
import { useAction } from "./action.ts";
import { Failure } from "./failure.tsx";
import { Modal } from "./modal.tsx";

const modes: readonly { value: PermissionMode | ""; label: string }[] = [
  { value: "", label: "As set in settings.json" },
  { value: "manual", label: "Ask before edits and commands" },
  { value: "acceptEdits", label: "Edit freely, ask before commands" },
  { value: "plan", label: "Plan only, change nothing" },
  { value: "bypassPermissions", label: "Never ask (dangerous)" },
];

/** Begins a new worker by hand. */
export function SpawnDialog() {
  const action = useAction();
  const [mode, setMode] = useState<PermissionMode | "">("");
  const close = () => showSpawn(false);

  async function spawn(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const order = orderOf(new FormData(event.currentTarget), mode);
    const worked = await action.run(async () => select((await call("spawn", order)).id));
    if (worked) close();
  }

  return (
    <Modal title="New worker" onClose={close}>
      <form className="fields" onSubmit={spawn}>
        <Fields />
        <label className="field">
          Permissions
          <select name="mode" value={mode} onChange={(event) => setMode(event.target.value as PermissionMode | "")}>
            {modes.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        {mode === "bypassPermissions" && <BypassWarning />}
        <Failure of={action.failure} />
        <div className="actions">
          <button type="button" className="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={action.busy}>
            {action.busy ? "Spawning…" : "Spawn"}
          </button>
        </div>
      </form>
    </Modal>
  );
}

function Fields() {
  const workers = usePanel((panel) => panel.team.workers);
  const directories = [...new Set([...workers.values()].map((worker) => worker.cwd).reverse())];
  return (
    <>
      <label className="field">
        Directory
        <input
          name="cwd"
          required
          defaultValue={directories[0]}
          list="directories"
          placeholder="/path/to/project"
          spellCheck={false}
          autoComplete="off"
        />
      </label>
      <datalist id="directories">
        {directories.map((directory) => (
          <option key={directory} value={directory} />
        ))}
      </datalist>
      <label className="field">
        Name <span className="optional">optional</span>
        <input name="name" maxLength={80} autoComplete="off" />
      </label>
      <label className="field">
        First task <span className="optional">optional</span>
        <textarea name="prompt" rows={4} />
      </label>
      <label className="field">
        Model <span className="optional">optional</span>
        <input name="model" placeholder="Claude Code’s default" spellCheck={false} autoComplete="off" />
      </label>
    </>
  );
}

function BypassWarning() {
  return (
    <p className="warning" role="status">
      It will run any command and change any file without asking you. Use it only where nothing can be lost.
    </p>
  );
}

/** Fields left empty are left out, so that the defaults hold. */
function orderOf(form: FormData, mode: PermissionMode | ""): Input<"spawn"> {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const [name, prompt, model] = [text("name"), text("prompt"), text("model")];
  return {
    cwd: text("cwd"),
    ...(name && { name }),
    ...(prompt && { prompt }),
    ...(model && { model }),
    ...(mode && { permissionMode: mode }),
  };
}
