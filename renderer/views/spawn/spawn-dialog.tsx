import { type DragEvent, type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { call, select, showDialog } from "../../store.ts";
import { pathDropped } from "../../words/dropped.ts";
import { fitting } from "../../words/hosts.ts";
import { fieldOf, type Order, spawnInput } from "../../words/order.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { Modal } from "../modal.tsx";
import { DirectoryField } from "./directory-field.tsx";
import { PermissionField, TaskFields, WhereFields } from "./order-fields.tsx";
import { firstOrder, keepOrder, rememberOrder } from "./remembered.ts";
import { useSplitTarget } from "./split-target.ts";
import { useHosts } from "./use-hosts.ts";

const close = () => showDialog(undefined);

/** Begins a new worker by hand; its last choices are remembered, and a task until it is spawned. A folder may be dropped on it. */
export function SpawnDialog() {
  const [written, setOrder] = useState<Order>(firstOrder);
  useEffect(() => keepOrder(written), [written]);
  const hosts = useHosts();
  const order = fitting(written, hosts);
  const { action, form, wrong, spawn } = useSpawn(order);
  const change = (part: Partial<Order>) => setOrder((before) => ({ ...before, ...part }));
  const { dragging, onDrop, ...drag } = useDrop((cwd) => change({ cwd }));
  const fields = { order, wrong, change, hosts };
  return (
    <Modal title="New worker" onClose={close}>
      <form
        ref={form}
        className={dragging ? "fields dropping" : "fields"}
        onSubmit={spawn}
        onKeyDown={submitOnCommandEnter}
        onDrop={onDrop}
        {...drag}
      >
        <DirectoryField value={order.cwd} wrong={wrong === "cwd"} onChange={(cwd) => change({ cwd })} />
        <TaskFields {...fields} />
        <PermissionField {...fields} />
        <WhereFields {...fields} />
        {order.mode === "bypassPermissions" && <BypassWarning />}
        <Failure of={action.failure} />
        <div className="actions">
          <button type="button" className="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" className="button primary" aria-disabled={action.busy}>
            {action.busy ? "Spawning…" : "Spawn"}
          </button>
        </div>
      </form>
    </Modal>
  );
}

/** Spawns, and leads to the new worker, unless the person went on meanwhile; or to the field that was refused. */
function useSpawn(order: Order) {
  const action = useAction();
  const beside = useSplitTarget();
  const form = useRef<HTMLFormElement>(null);

  async function spawn(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (action.busy) return;
    const worked = await action.run(async () => {
      const worker = await call("spawn", spawnInput(order, beside?.id));
      rememberOrder(order);
      if (form.current) select(worker.id);
    });
    if (worked && form.current) close();
  }

  const { failure } = action;
  useEffect(() => {
    if (failure) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [failure]);
  return { action, form, spawn, wrong: failure && fieldOf(failure) };
}

function submitOnCommandEnter(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

function useDrop(take: (path: string) => void) {
  const [dragging, setDragging] = useState(false);
  const depth = useRef(0);
  const enter = (by: 1 | -1) => {
    depth.current += by;
    setDragging(depth.current > 0);
  };
  return {
    dragging,
    onDragEnter: () => enter(1),
    onDragLeave: () => enter(-1),
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop(event: DragEvent) {
      event.preventDefault();
      depth.current = 0;
      setDragging(false);
      const path = droppedOn(event.dataTransfer);
      if (path) take(path);
    },
  };
}

/** A browser keeps the path of a file to itself; Electron tells it through the preload. */
function droppedOn(data: DataTransfer): string | undefined {
  const [file] = data.files;
  const path = file && window.claudeTeam?.pathOf?.(file);
  return path || pathDropped([data.getData("text/uri-list"), data.getData("text/plain")]);
}

function BypassWarning() {
  return (
    <p className="warning" role="status">
      It will run any command and change any file without asking you. Use it only where nothing can be lost.
    </p>
  );
}
