import type { Settings } from "../../contract/settings.ts";
import type { HostKind } from "../../contract/worker.ts";
import type { Order } from "./order.ts";

/** What is known of where workers may live. */
export interface Hosts {
  /** Those that can open a terminal now, in the order in which `auto` takes them; undefined while that is not known. */
  readonly usable: readonly HostKind[] | undefined;
  readonly setting: Settings["terminal"];
}

/** What a person calls the hosts. */
export const hostNames: Readonly<Record<HostKind, string>> = {
  iterm2: "iTerm2",
  tmux: "tmux",
  pty: "Inside claude-team",
};
const all: readonly HostKind[] = ["iterm2", "tmux", "pty"];

/** The hosts to choose from, by their names; none when there is only one, or none. */
export function hostChoices({ usable = all }: Hosts): Partial<Record<HostKind, string>> {
  if (usable.length < 2) return {};
  return Object.fromEntries(all.filter((host) => usable.includes(host)).map((host) => [host, hostNames[host]]));
}

/** Only iTerm2 has windows, tabs and panes; what is not known is not kept from the person. */
export function hasLayout({ terminal }: Pick<Order, "terminal">, { usable, setting }: Hosts): boolean {
  const chosen = terminal || (setting === "auto" ? usable?.[0] : setting);
  return chosen === undefined || chosen === "iterm2";
}

/** The order without what this machine cannot do, which a remembered one may still name. */
export function fitting(order: Order, hosts: Hosts): Order {
  const terminal = order.terminal && order.terminal in hostChoices(hosts) ? order.terminal : "";
  return { ...order, terminal, at: hasLayout({ terminal }, hosts) ? order.at : "auto" };
}
