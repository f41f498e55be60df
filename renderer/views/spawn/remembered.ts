import type { HostKind, PermissionMode } from "../../../contract/worker.ts";
import { type Fits, fieldsThatFit, isText, oneOf, readKept } from "../../kept.ts";
import { usePanel } from "../../store.ts";
import { hostNames } from "../../words/hosts.ts";
import { emptyOrder, layouts, type Order } from "../../words/order.ts";
import { modeWords } from "../../words/settings.ts";

const key = "claude-team.order";

type Remembered = Pick<Order, "cwd" | "model" | "mode" | "terminal" | "at">;

const fits: Fits<Remembered> = {
  cwd: isText,
  model: isText,
  mode: oneOf<PermissionMode | "">(["", ...(Object.keys(modeWords) as PermissionMode[])]),
  terminal: oneOf<HostKind | "">(["", ...(Object.keys(hostNames) as HostKind[])]),
  at: oneOf(layouts),
};

/** The last order without what belongs to one worker only: its name and its task. */
export function rememberedOrder(): Order {
  const kept = fieldsThatFit(readKept(localStorage, key), fits);
  const newest = [...usePanel.getState().team.workers.values()].at(-1)?.cwd ?? "";
  return { ...emptyOrder, cwd: newest, ...kept };
}

/** Never bypassed again without a choice made anew. */
export function rememberOrder({ cwd, model, mode, terminal, at }: Order): void {
  const kept: Remembered = { cwd, model, mode: mode === "bypassPermissions" ? "" : mode, terminal, at };
  localStorage.setItem(key, JSON.stringify(kept));
}
