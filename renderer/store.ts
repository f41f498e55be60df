import { create } from "zustand";
import type { CommandName, Input, Output } from "../contract/commands.ts";
import { TeamError } from "../contract/error.ts";
import type { TeamEvent } from "../contract/events.ts";
import { emptyTeam, reduce, type TeamState } from "../contract/reduce.ts";
import type { WorkerId } from "../contract/worker.ts";
import type { Connection } from "./link/stay-connected.ts";

export type Tab = "conversation" | "terminal";

export interface Panel {
  readonly team: TeamState;
  readonly connection: Connection;
  readonly selected: WorkerId | undefined;
  /** Was opened unread: its row stays where it was until another is opened, or it goes on. */
  readonly opened: WorkerId | undefined;
  readonly tab: Tab;
  readonly spawning: boolean;
  /** What was written to each worker and not sent. */
  readonly drafts: Readonly<Record<WorkerId, string>>;
}

/** Everything the panel shows. The team in it is the same fold as in main. */
export const usePanel = create<Panel>()(() => ({
  team: emptyTeam,
  connection: { is: "connecting" },
  selected: undefined,
  opened: undefined,
  tab: "conversation",
  spawning: false,
  drafts: {},
}));

const { setState: set, getState: get } = usePanel;

export const applyEvent = (event: TeamEvent) =>
  set(({ team, opened }) => ({ team: reduce(team, event), opened: goesOn(event, opened) ? undefined : opened }));
export const connectionChanged = (connection: Connection) => set({ connection });
export const select = (selected: WorkerId | undefined) =>
  set(({ team }) => ({ selected, opened: selected && team.workers.get(selected)?.unread ? selected : undefined }));
export const showTab = (tab: Tab) => set({ tab });
export const showSpawn = (spawning: boolean) => set({ spawning });
export const keepDraft = (id: WorkerId, text: string) => set(({ drafts }) => ({ drafts: { ...drafts, [id]: text } }));

const goesOn = (event: TeamEvent, id: WorkerId | undefined) =>
  event.type === "worker.judged" && event.id === id && event.phase.is !== "idle";

/** Asks the team for something, as the person. Rejects with SERVER_UNREACHABLE while there is no connection. */
export async function call<K extends CommandName>(name: K, input: Input<K>, signal?: AbortSignal): Promise<Output<K>> {
  const { connection } = get();
  if (connection.is !== "online") throw new TeamError("SERVER_UNREACHABLE", "there is no connection to claude-team");
  return connection.link.call(name, input, signal);
}

/** Sees to it that what is open and what was written outlive a reload of the page. */
export function keepPlaceIn(storage: Pick<Storage, "getItem" | "setItem">): void {
  const key = "claude-team.place";
  set(JSON.parse(storage.getItem(key) ?? "{}") as Partial<Panel>);
  usePanel.subscribe(({ selected, tab, drafts }, before) => {
    if (selected === before.selected && tab === before.tab && drafts === before.drafts) return;
    storage.setItem(key, JSON.stringify({ selected, tab, drafts }));
  });
}
