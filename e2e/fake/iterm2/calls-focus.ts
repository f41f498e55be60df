import {
  type ActivateRequest,
  ActivateResponse_Status as ActivateStatus,
  SetBroadcastDomainsResponse_Status as BroadcastStatus,
} from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import type { FocusChange } from "./happening.ts";
import { keyWindow } from "./notices.ts";
import type { Handlers, Scene } from "./scene.ts";
import { allSessions, findSession, findTab, findWindow, placeOf, type Tab, type Window } from "./state.ts";
import type { Result } from "./wire.ts";

/** What is in front, and who hears whom. */
export const focusCalls: Handlers<
  "activate" | "focus" | "subscription" | "getBroadcastDomains" | "setBroadcastDomains"
> = {
  activate(call, scene) {
    const answer = (status: ActivateStatus): Result => ({ case: "activate", value: { status } });
    const { identifier, selectSession, selectTab, orderWindowFront } = call;
    if (call.activateApp && !scene.state.isActive) setActive(scene, true);
    if (identifier.case === undefined)
      return answer(call.activateApp ? ActivateStatus.OK : ActivateStatus.BAD_IDENTIFIER);
    const target = targetOf(identifier, scene);
    if (!target) return answer(ActivateStatus.BAD_IDENTIFIER);
    const { window, tab, session } = target;
    if ((selectSession && !session) || (selectTab && !tab)) return answer(ActivateStatus.INVALID_OPTION);
    if (selectSession && tab && session) scene.desk.activate(tab, session);
    if (selectTab && tab) scene.desk.select(window, tab, orderWindowFront ?? false);
    else if (orderWindowFront) scene.desk.select(window, window.current);
    return answer(ActivateStatus.OK);
  },
  focus: (_, { state }) => ({ case: "focus", value: { notifications: focusOf(state) } }),
  subscription: (call, { subscriptions }) => ({ case: "subscription", value: { status: subscriptions.change(call) } }),
  getBroadcastDomains: (_, { state }) => ({
    case: "getBroadcastDomains",
    value: { broadcastDomains: state.broadcast.map((sessionIds) => ({ sessionIds })) },
  }),
  setBroadcastDomains({ broadcastDomains }, { state, tell, main }) {
    const domains = broadcastDomains.map(({ sessionIds }) => sessionIds);
    const status = broadcastFault(domains, state);
    if (status === BroadcastStatus.OK) {
      state.broadcast = domains;
      main.run(() => tell({ is: "broadcast.changed" }));
    }
    return { case: "setBroadcastDomains", value: { status } };
  },
};

function targetOf(identifier: ActivateRequest["identifier"], { state, desk }: Scene) {
  if (identifier.case === "sessionId") {
    const session = findSession(state, identifier.value);
    if (session?.isBuried) desk.disinter(session);
    const place = session && placeOf(state, session);
    return place && { ...place, session };
  }
  if (identifier.case === "tabId") {
    const place: { window: Window; tab: Tab } | undefined = findTab(state, identifier.value);
    return place && { ...place, session: undefined };
  }
  const window = findWindow(state, identifier.value);
  return window && { window, tab: undefined, session: undefined };
}

export function setActive({ state, desk }: Pick<Scene, "state" | "desk">, isActive: boolean): void {
  state.isActive = isActive;
  desk.focusChanged({ event: { case: "applicationActive", value: isActive } });
}

/** The application, the window in front, then each window's tab with the active pane of all its tabs. */
function focusOf(state: Scene["state"]): FocusChange[] {
  const perWindow = state.windows.flatMap((window): FocusChange[] => [
    { event: { case: "selectedTab", value: window.current.id } },
    ...window.tabs.map((tab): FocusChange => ({ event: { case: "session", value: tab.active.id } })),
  ]);
  return [{ event: { case: "applicationActive", value: state.isActive } }, keyWindow(state.key), ...perWindow];
}

function broadcastFault(domains: string[][], state: Scene["state"]): BroadcastStatus {
  const ids = domains.flat();
  const known = new Set(allSessions(state).map(({ id }) => id));
  if (ids.some((id) => !known.has(id))) return BroadcastStatus.SESSION_NOT_FOUND;
  if (new Set(ids).size < ids.length) return BroadcastStatus.BROADCAST_DOMAINS_NOT_DISJOINT;
  const windowOf = (id: string) => {
    const session = findSession(state, id);
    return session && placeOf(state, session)?.window;
  };
  const isSplit = domains.some((domain) => new Set(domain.map(windowOf)).size > 1);
  return isSplit ? BroadcastStatus.SESSIONS_NOT_IN_SAME_WINDOW : BroadcastStatus.OK;
}
