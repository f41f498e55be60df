import { usePanel } from "../../store.ts";
import { emptyOrder, type Order } from "../../words/order.ts";

const key = "claude-team.order";

/** The last order without what belongs to one worker only: its name and its task. */
export function rememberedOrder(): Order {
  const kept = JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Order>;
  const newest = [...usePanel.getState().team.workers.values()].at(-1)?.cwd ?? "";
  return { ...emptyOrder, cwd: newest, ...kept };
}

/** Never bypassed again without a choice made anew. */
export function rememberOrder({ cwd, model, mode, terminal, at }: Order): void {
  const kept = { cwd, model, mode: mode === "bypassPermissions" ? "" : mode, terminal, at };
  localStorage.setItem(key, JSON.stringify(kept));
}
