import { create } from "zustand";
import type { Check } from "../contract/check.ts";
import type { CommandName, Input, Output } from "../contract/commands.ts";
import { TeamError } from "../contract/error.ts";
import type { TeamEvent } from "../contract/events.ts";
import { emptyTeam, reduce, type TeamState } from "../contract/reduce.ts";
import type { Worker, WorkerId } from "../contract/worker.ts";
import { type Fits, fieldsThatFit, isText, type Keeper, oneOf, readKept } from "./kept.ts";
import type { Connection } from "./link/stay-connected.ts";

const tabs = ["conversation", "terminal"] as const;
export type Tab = (typeof tabs)[number];

const places = ["workers", "activity", "settings"] as const;
/** What stands beside the list; in a narrow window, in its place. */
export type Place = (typeof places)[number];

const groupings = ["state", "repo"] as const;

export interface Panel {
  readonly team: TeamState;
  readonly connection: Connection;
  /** What claude-team needs, as it was found last; undefined until somebody looked. */
  readonly checks: readonly Check[] | undefined;
  readonly selected: WorkerId | undefined;
  /** Was opened unread: its row stays where it was until another is opened, or it goes on. */
  readonly opened: WorkerId | undefined;
  readonly place: Place;
  readonly tab: Tab;
  /** Is being closed by the person, or was just now and can be had back until another is opened. */
  readonly closed: WorkerId | undefined;
  /** The dialog that is open. */
  readonly dialog: "spawn" | "keys" | undefined;
  /** What the list is narrowed to (words/filter.ts). */
  readonly filter: string;
  readonly groupBy: (typeof groupings)[number];
}

/** Everything the panel shows. The team in it is the same fold as in main. */
export const usePanel = create<Panel>()(() => ({
  team: emptyTeam,
  connection: { is: "connecting" },
  checks: undefined,
  selected: undefined,
  opened: undefined,
  place: "workers",
  tab: "conversation",
  closed: undefined,
  dialog: undefined,
  filter: "",
  groupBy: "state",
}));

const { setState: set, getState: get } = usePanel;

export const applyEvent = (event: TeamEvent) =>
  set(({ team, opened, closed }) => ({
    team: reduce(team, event),
    opened: goesOn(event, opened) ? undefined : opened,
    closed: comesBack(event, closed) ? undefined : closed,
  }));
export const connectionChanged = (connection: Connection) => set({ connection });
export const select = (selected: WorkerId | undefined) =>
  set(({ team, closed }) => ({
    selected,
    place: "workers",
    closed: selected === undefined || selected === closed || !hasEnded(team, closed) ? closed : undefined,
    opened: selected && team.workers.get(selected)?.unread ? selected : undefined,
  }));
/** Where a notification, a link or the menu of the app leads: a worker's id, or a place. No dialog is left standing over it. */
export function goTo(to: string): void {
  showDialog(undefined);
  if (isPlace(to)) show(to);
  else select(to as WorkerId);
}
export const show = (place: Place) => set({ place });
export const showTab = (tab: Tab) => set({ tab });
export const showDialog = (dialog: Panel["dialog"]) => set({ dialog });
export const justClosed = (closed: WorkerId | undefined) => set({ closed });
export const narrowTo = (filter: string) => set({ filter });
export const groupBy = (by: Panel["groupBy"]) => set({ groupBy: by });

const isPlace = oneOf(places);
const goesOn = (event: TeamEvent, id: WorkerId | undefined) =>
  event.type === "worker.judged" && event.id === id && event.phase.is !== "idle";
const comesBack = (event: TeamEvent, id: WorkerId | undefined) =>
  event.type === "worker.opened" && event.worker.id === id;

/** The one that was closed just now, once it has ended and as long as it can go on. */
export function undoable({ closed, team }: Panel): Worker | undefined {
  const worker = closed && team.workers.get(closed);
  return worker && hasEnded(team, closed) && worker.conversation !== null ? worker : undefined;
}

const hasEnded = ({ workers }: TeamState, id: WorkerId | undefined) =>
  id !== undefined && workers.get(id)?.phase.is === "gone";

/** Asks the team for something, as the person. Rejects with SERVER_UNREACHABLE while there is no connection. */
export async function call<K extends CommandName>(name: K, input: Input<K>, signal?: AbortSignal): Promise<Output<K>> {
  const { connection } = get();
  if (connection.is !== "online") throw new TeamError("SERVER_UNREACHABLE", "there is no connection to claude-team");
  return connection.link.call(name, input, signal);
}

/** Looks at what claude-team needs, for all who show it. */
export const lookAtChecks = async (): Promise<void> => {
  const checks = await call("checks", {});
  set({ checks });
};

/** Keeps what is open in `page`, to outlive a reload, and how the list is grouped in `forGood`, to outlive the page. */
export function keepPlaceIn(page: Keeper, forGood: Keeper): void {
  keep(page, "claude-team.place", { selected: isText, place: isPlace, tab: oneOf(tabs) });
  keep(forGood, "claude-team.taste", { groupBy: oneOf(groupings) });
}

function keep<Field extends keyof Panel>(storage: Keeper, key: string, fits: Fits<Pick<Panel, Field>>): void {
  const fields = Object.keys(fits) as Field[];
  set(fieldsThatFit(readKept(storage, key), fits) as Partial<Panel>);
  usePanel.subscribe((panel, before) => {
    if (fields.every((field) => panel[field] === before[field])) return;
    storage.setItem(key, JSON.stringify(Object.fromEntries(fields.map((field) => [field, panel[field]]))));
  });
}
