import {
  CreateTabResponse_Status as CreateStatus,
  type CreateTabRequest,
  SplitPaneRequest_SplitDirection as Direction,
  SetTabLayoutResponse_Status as LayoutStatus,
  type ProfileProperty,
  ReorderTabsResponse_Status as ReorderStatus,
  type SplitPaneRequest,
  SplitPaneResponse_Status as SplitStatus,
  type SplitTreeNode,
} from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import { layoutOf, resizePane } from "./geometry.ts";
import { type Profile, parseJson } from "./profile.ts";
import { after, type Handlers, type Scene } from "./scene.ts";
import type { Session } from "./session.ts";
import type { Node } from "./split-tree.ts";
import { findSessions, findTab, placeOf, type State } from "./state.ts";
import type { Result } from "./wire.ts";

/** Windows, tabs and panes: telling, making and arranging them. */
export const layoutCalls: Handlers<"listSessions" | "createTab" | "splitPane" | "setTabLayout" | "reorderTabs"> = {
  listSessions: (_, { state }) => ({ case: "listSessions", value: layoutOf(state) }),
  createTab,
  splitPane,
  setTabLayout({ root, tabId }, { state, desk }) {
    const answer = (status: LayoutStatus): Result => ({ case: "setTabLayout", value: { status } });
    const place = findTab(state, tabId);
    if (!place) return answer(LayoutStatus.BAD_TAB_ID);
    const sizes = root && sizesIn(root, place.tab.root);
    if (!sizes) return answer(LayoutStatus.WRONG_TREE);
    for (const [session, size] of sizes) resizePane(place.window, place.tab, session, size);
    desk.layoutChanged();
    return answer(LayoutStatus.OK);
  },
  reorderTabs({ assignments }, { state, desk }) {
    const answer = (status: ReorderStatus): Result => ({ case: "reorderTabs", value: { status } });
    const plan = assignments.map(({ windowId, tabIds }) => ({
      window: state.windows.find(({ id }) => id === windowId),
      places: tabIds.map((id) => findTab(state, id)),
    }));
    if (plan.some(({ window }) => !window)) return answer(ReorderStatus.INVALID_WINDOW_ID);
    if (plan.some(({ places }) => places.includes(undefined))) return answer(ReorderStatus.INVALID_TAB_ID);
    for (const { window, places } of plan) {
      for (const place of places) {
        if (!window || !place) continue;
        place.window.tabs.splice(place.window.tabs.indexOf(place.tab), 1);
        window.tabs.push(place.tab);
      }
    }
    desk.dropEmptyWindows();
    return answer(ReorderStatus.OK);
  },
};

async function createTab(call: CreateTabRequest, { state, desk, delays }: Scene): Promise<Result> {
  const answer = (status: CreateStatus): Result => ({ case: "createTab", value: { status } });
  const profile = profileFor(state, call);
  if (!profile) return answer(CreateStatus.INVALID_PROFILE_NAME);
  const window = state.windows.find(({ id }) => id === call.windowId);
  if (call.windowId !== undefined && !window) return answer(CreateStatus.INVALID_WINDOW_ID);
  const session = attempt(() => desk.open({ profile, window, index: call.tabIndex, select: call.selectTab }));
  const place = session && placeOf(state, session);
  if (!place) return answer(CreateStatus.MISSING_SUBSTITUTION);
  const isBadIndex = call.tabIndex !== undefined && call.tabIndex >= place.window.tabs.length;
  await after(delays.launch);
  return {
    case: "createTab",
    value: {
      status: isBadIndex ? CreateStatus.INVALID_TAB_INDEX : CreateStatus.OK,
      windowId: place.window.id,
      tabId: Number(place.tab.id),
      sessionId: session.id,
    },
  };
}

async function splitPane(call: SplitPaneRequest, { state, desk, delays }: Scene): Promise<Result> {
  const answer = (status: SplitStatus, sessionId: string[] = []): Result => ({
    case: "splitPane",
    value: { status, sessionId },
  });
  const targets = findSessions(state, call.session).filter((one) => placeOf(state, one));
  if (targets.length === 0) return answer(SplitStatus.SESSION_NOT_FOUND);
  const profile = profileFor(state, call);
  if (!profile) return answer(SplitStatus.INVALID_PROFILE_NAME);
  if (call.customProfileProperties.some(({ jsonValue }) => parseJson(jsonValue) === undefined)) {
    return answer(SplitStatus.MALFORMED_CUSTOM_PROFILE_PROPERTY);
  }
  const how = { vertical: call.splitDirection !== Direction.HORIZONTAL, before: call.before ?? false };
  const made = targets.flatMap((one) => attempt(() => desk.split(one, withTabColour(profile, one), how)) ?? []);
  if (made.length < targets.length) return answer(SplitStatus.CANNOT_SPLIT);
  await after(delays.launch);
  return answer(
    SplitStatus.OK,
    made.map(({ id }) => id),
  );
}

/** The named profile, else the default one, with the given properties; one that is no JSON drops them all. */
function profileFor(
  state: State,
  {
    profileName,
    customProfileProperties,
  }: { profileName?: string | undefined; customProfileProperties: ProfileProperty[] },
): Profile | undefined {
  const [first] = state.profiles;
  const base = profileName === undefined ? first : state.profiles.find(({ Name }) => Name === profileName);
  const given = customProfileProperties.map(({ key = "", jsonValue }) => [key, parseJson(jsonValue)] as const);
  if (!base || given.some(([, value]) => value === undefined)) return base;
  return { ...base, ...Object.fromEntries(given) };
}

/** A new pane takes its tab's colour unless it brings its own. */
function withTabColour(profile: Profile, target: Session): Profile {
  if (profile["Use Tab Color"]) return profile;
  const taken = Object.entries(target.profile).filter(([key]) => /Tab Color/.test(key));
  return { ...profile, ...Object.fromEntries(taken) };
}

function attempt<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch {
    return undefined; // The reply has a status for it.
  }
}

/** The size that a tree gives each pane; undefined when it has not the shape of the tab. */
function sizesIn(given: SplitTreeNode, node: Node<Session>): [Session, { cols: number; rows: number }][] | undefined {
  if (node.is !== "split" || given.links.length !== node.children.length) return undefined;
  const all = given.links.map(({ child }, index) => {
    const own = node.children[index];
    if (child.case === "node" && own) return sizesIn(child.value, own);
    const size = child.case === "session" ? child.value.gridSize : undefined;
    if (child.case !== "session" || own?.is !== "pane" || child.value.uniqueIdentifier !== own.pane.id)
      return undefined;
    return [[own.pane, { cols: size?.width ?? 80, rows: size?.height ?? 25 }]] as [
      Session,
      { cols: number; rows: number },
    ][];
  });
  return all.some((one) => !one) ? undefined : all.flatMap((one) => one ?? []);
}
