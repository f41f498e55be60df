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

let unfinished: Order | undefined;

/** What the dialog begins with: an order whose task was written and not spawned, else what is remembered. */
export const firstOrder = (): Order => unfinished ?? rememberedOrder();

/** Keeps an order that has a task until it is spawned, so that no way out of the dialog loses it. */
export function keepOrder(order: Order): void {
  unfinished = order.prompt.trim() === "" ? undefined : { ...order, mode: keptMode(order) };
}

/** The last order without what belongs to one worker only: its name and its task. */
function rememberedOrder(): Order {
  const kept = fieldsThatFit(readKept(localStorage, key), fits);
  const newest = [...usePanel.getState().team.workers.values()].at(-1)?.cwd ?? "";
  return { ...emptyOrder, cwd: newest, ...kept };
}

/** Of an order that was spawned. */
export function rememberOrder(order: Order): void {
  const { cwd, model, terminal, at } = order;
  const kept: Remembered = { cwd, model, mode: keptMode(order), terminal, at };
  localStorage.setItem(key, JSON.stringify(kept));
  unfinished = undefined;
}

/** Never bypassed again without a choice made anew. */
const keptMode = ({ mode }: Order) => (mode === "bypassPermissions" ? "" : mode);
