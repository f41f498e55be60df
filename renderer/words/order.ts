import type { Input } from "../../contract/commands.ts";
import type { TeamError } from "../../contract/error.ts";
import type { HostKind, PermissionMode } from "../../contract/worker.ts";

export const layouts = ["auto", "window", "tab", "right", "below"] as const;

/** The fields of the spawn dialog as they are written; "" leaves it to the default. */
export interface Order {
  readonly cwd: string;
  readonly name: string;
  readonly prompt: string;
  readonly model: string;
  readonly mode: PermissionMode | "";
  readonly terminal: HostKind | "";
  readonly at: (typeof layouts)[number];
}

export const emptyOrder: Order = { cwd: "", name: "", prompt: "", model: "", mode: "", terminal: "", at: "auto" };

/** What is asked of the team: what is empty is left out. `beside` is the worker that a split stands next to. */
export function spawnInput(order: Order, beside: string | undefined): Input<"spawn"> {
  const [cwd, name, prompt, model] = [order.cwd, order.name, order.prompt, order.model].map((text) => text.trim());
  const { at } = order;
  return {
    cwd: cwd ?? "",
    ...(name && { name }),
    ...(prompt && { prompt }),
    ...(model && { model }),
    ...(order.mode && { permissionMode: order.mode }),
    ...(order.terminal && { terminal: order.terminal }),
    ...(at !== "auto" && { place: at === "right" || at === "below" ? { at, ...(beside && { of: beside }) } : { at } }),
  };
}

const fields: Readonly<Record<string, keyof Order>> = {
  cwd: "cwd",
  name: "name",
  prompt: "prompt",
  model: "model",
  permissionMode: "mode",
  terminal: "terminal",
  place: "at",
};

/** The field that has to be changed before it is tried again. */
export function fieldOf({ code, message }: TeamError): keyof Order | undefined {
  if (code.startsWith("DIRECTORY_")) return "cwd";
  if (code === "NAME_TAKEN") return "name";
  if (code === "TERMINAL_UNREACHABLE") return "terminal";
  if (code !== "INPUT_INVALID") return undefined;
  return fields[/→ at (\w+)/.exec(message)?.[1] ?? ""];
}
