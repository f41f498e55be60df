import { join } from "node:path";
import type { Pipe } from "../../contract/frame.ts";
import { snapshotOf } from "../../contract/reduce.ts";
import { serve } from "../bridge/serve.ts";
import type { AppDeps, AppHouse } from "./app-deps.ts";
import type { Electron } from "./electron.ts";
import { createHabits } from "./habits.ts";
import { openKept } from "./kept.ts";
import { createNotices } from "./notices/notices.ts";
import { createPanel, type Panel } from "./panel.ts";
import { explain, loginSettings, type Refusal } from "./refusal.ts";
import { type Deed, type MenuState, menuOf } from "./tray/menu.ts";
import { standing } from "./tray/standing.ts";
import { createIcon } from "./tray/tray.ts";
import type { UpdateState } from "./updates/updates.ts";
import type { WhileDialog } from "./while-dialog.ts";

export interface ShellDeps extends Pick<AppDeps, "preload" | "assets" | "process" | "report"> {
  readonly dialogs: WhileDialog;
  /** The choices of the menu that concern the whole app. */
  readonly deeds: Readonly<Record<"report" | "update" | "quit", () => void>>;
  updateState(): UpdateState;
}

/** Everything of the app that a person sees. */
export interface Shell extends Disposable {
  readonly panel: Panel;
  /** To be called when something has changed that no event tells. */
  refresh(): void;
}

const hourMs = 60 * 60 * 1000;

/** Icon, panel, notices and habits, all fed by the house's events. */
export function openShell(electron: Electron, house: AppHouse, deps: ShellDeps): Shell {
  const { store } = house;
  const { preload, assets, dialogs, report } = deps;
  const { platform } = deps.process;
  const kept = openKept(join(electron.app.getPath("userData"), "shell.json"), report);
  const accepted = (pipe: Pipe) => void serve(pipe, { ...house, report });
  const snapshot = () => snapshotOf(store.state);
  let drawn = "";

  const clicked = (at: Parameters<Panel["clicked"]>[0]) => panel.clicked(at);
  const icon = createIcon(electron, { assets, platform, menu, clicked, chosen: (deed) => chosen[deed]() });
  const page = { preload, accepted, snapshot, report };
  const iconBounds = icon.bounds;
  const panel = createPanel(electron, { ...page, kept, platform, dialogs, iconBounds, changed: reconsider });
  const refused = (refusal: Refusal) => void dialogs.during(() => explain(electron, refusal));
  const habits = createHabits(electron, { kept, process: deps.process, pressed: panel.toggle, refused });
  const notices = createNotices(electron, house, { isLooking: () => panel.isLookedAt, open: panel.show, report });
  const events = store.subscribe(refresh);

  const chosen: Readonly<Record<Deed, () => void>> = {
    ...deps.deeds,
    open: () => panel.show(),
    next: () => panel.show(longestAsking(house)),
    settings: () => panel.show("settings"),
    pin() {
      kept.change({ pinned: !kept.values.pinned });
      refresh();
    },
    pause() {
      notices.pause(isPaused() ? 0 : Date.now() + hourMs);
      refresh();
    },
    "approve-login": () => void electron.shell.openExternal(loginSettings),
  };

  function menu(): MenuState {
    const is = { standing: standing(store.state), pinned: kept.values.pinned, paused: isPaused() };
    return { ...is, ...habits.said, update: deps.updateState() };
  }

  function isPaused(): boolean {
    return notices.pausedUntil > Date.now();
  }

  function reconsider(): void {
    notices.reconsider();
  }

  function refresh(): void {
    if (store.state.settings) habits.apply(store.state.settings.values);
    const now = JSON.stringify(menuOf(menu()));
    if (now !== drawn) icon.show(standing(store.state));
    drawn = now;
  }

  refresh();
  return {
    panel,
    refresh,
    [Symbol.dispose]() {
      for (const part of [events, notices, habits, panel, icon]) part[Symbol.dispose]();
    },
  };
}

function longestAsking({ store }: AppHouse): string | undefined {
  const asking = [...store.state.workers.values()].filter(({ phase }) => phase.is === "asking");
  return asking.sort((a, b) => a.since - b.since)[0]?.id;
}
