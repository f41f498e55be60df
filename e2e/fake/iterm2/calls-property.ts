import {
  GetPropertyResponse_Status as GetStatus,
  SetPropertyResponse_Status as SetStatus,
  type VariableRequest,
  VariableResponse_Status as VariableStatus,
} from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import { resizePane, setFrame, windowFrame } from "./geometry.ts";
import { parseJson } from "./profile.ts";
import { after, type Handlers, type Scene } from "./scene.ts";
import type { Session } from "./session.ts";
import { allSessions, findSession, findSessions, findWindow, placeOf, type Window } from "./state.ts";
import { isSettable, readVariable, type Scope, scopeOf, setVariable } from "./variables.ts";
import type { Result } from "./wire.ts";

/** Properties and variables. */
export const propertyCalls: Handlers<"getProperty" | "setProperty" | "variable"> = {
  getProperty({ identifier, name }, { state }) {
    const answer = (status: GetStatus, value?: unknown): Result => ({
      case: "getProperty",
      value: { status, ...(value === undefined ? {} : { jsonValue: JSON.stringify(value) }) },
    });
    const window = identifier.case === "windowId" ? findWindow(state, identifier.value) : undefined;
    const session = identifier.case === "sessionId" ? findSession(state, identifier.value) : undefined;
    if (!window && !session) return answer(GetStatus.INVALID_TARGET);
    const value = window ? windowProperty(window, name) : session && sessionProperty(session, name);
    return value === undefined ? answer(GetStatus.UNRECOGNIZED_NAME) : answer(GetStatus.OK, value);
  },
  async setProperty({ identifier, name, jsonValue }, scene) {
    const value = parseJson(jsonValue);
    const window = identifier.case === "windowId" ? findWindow(scene.state, identifier.value) : undefined;
    const sessions = identifier.case === "sessionId" ? findSessions(scene.state, identifier.value) : [];
    const status = window
      ? await setWindow(window, name, value, scene)
      : setSessions(sessions, name, value as { width?: number; height?: number } | boolean, scene);
    return { case: "setProperty", value: { status } };
  },
  variable(call, { state }) {
    const answer = (status: VariableStatus): Result => ({ case: "variable", value: { status } });
    const scopes = scopesOf(call, state);
    if (typeof scopes === "number") return answer(scopes);
    if (scopes.length > 1 && call.get.length > 0) return answer(VariableStatus.MULTI_GET_DISALLOWED);
    const sets = call.set.map(({ name, value }) => ({ name, value: parseJson(value) }));
    if (!sets.every(({ name, value }) => isSettable(name) && value !== undefined))
      return answer(VariableStatus.INVALID_NAME);
    for (const scope of scopes) for (const { name = "", value } of sets) setVariable(state, scope, name, value);
    const [scope] = scopes;
    // Success leaves the status out, which reads as OK.
    return {
      case: "variable",
      value: { values: scope ? call.get.map((name) => readVariable(state, scope, name)) : [] },
    };
  },
};

function scopesOf({ scope }: VariableRequest, state: Scene["state"]): Scope[] | VariableStatus {
  switch (scope.case) {
    case undefined:
      return VariableStatus.MISSING_SCOPE;
    case "app":
      return [{ is: "app" }];
    case "sessionId": {
      if (scope.value === "all") return allSessions(state).map((session) => ({ is: "session", session }));
      const found = scopeOf(state, "session", scope.value);
      return found ? [found] : VariableStatus.SESSION_NOT_FOUND;
    }
    case "tabId": {
      if (scope.value === "all")
        return state.windows.flatMap((window) => window.tabs.map((tab) => ({ is: "tab", window, tab }) as const));
      const found = scopeOf(state, "tab", scope.value);
      return found ? [found] : VariableStatus.TAB_NOT_FOUND;
    }
    case "windowId": {
      const found = scopeOf(state, "window", scope.value);
      return found ? [found] : VariableStatus.WINDOW_NOT_FOUND;
    }
  }
}

function windowProperty(window: Window, name: string | undefined): unknown {
  if (name === "frame") return windowFrame(window);
  return name === "fullscreen" ? window.isFullscreen : undefined;
}

function sessionProperty({ screen, isBuried }: Session, name: string | undefined): unknown {
  switch (name) {
    case "grid_size": // One less each way: so does iTerm2.
      return { width: screen.cols - 1, height: screen.rows - 1 };
    case "buried":
      return isBuried;
    case "number_of_lines": {
      const { overflow, history, rows } = screen;
      return { overflow, grid: rows, history, first_visible: overflow + history };
    }
    default:
      return undefined;
  }
}

async function setWindow(window: Window, name: string | undefined, value: unknown, scene: Scene): Promise<SetStatus> {
  if (name === "fullscreen") {
    if (typeof value !== "boolean") return SetStatus.INVALID_VALUE;
    window.isFullscreen = value;
    await after(scene.delays.fullscreen);
    return SetStatus.OK;
  }
  if (name !== "frame") return SetStatus.UNRECOGNIZED_NAME;
  const { origin, size } = (value ?? {}) as Partial<ReturnType<typeof windowFrame>>;
  const numbers = [origin?.x, origin?.y, size?.width, size?.height];
  if (!origin || !size || numbers.some((number) => typeof number !== "number")) {
    scene.complain("a frame lacked members: iTerm2 would have stopped itself");
    return SetStatus.INVALID_VALUE;
  }
  setFrame(window, { origin, size });
  scene.desk.layoutChanged();
  return SetStatus.OK;
}

function setSessions(
  sessions: Session[],
  name: string | undefined,
  value: { width?: number; height?: number } | boolean | undefined,
  { state, desk }: Scene,
): SetStatus {
  if (sessions.length === 0) return SetStatus.INVALID_TARGET;
  if (name === "buried") {
    if (typeof value !== "boolean") return SetStatus.INVALID_VALUE;
    for (const session of sessions) value ? desk.bury(session) : desk.disinter(session);
    return SetStatus.OK;
  }
  if (name !== "grid_size") return SetStatus.UNRECOGNIZED_NAME;
  if (typeof value !== "object" || !value?.width || !value.height) return SetStatus.INVALID_VALUE;
  for (const session of sessions) {
    const place = placeOf(state, session);
    if (!place || place.window.isFullscreen) return SetStatus.IMPOSSIBLE;
    resizePane(place.window, place.tab, session, { cols: value.width, rows: value.height });
  }
  desk.layoutChanged();
  return SetStatus.OK;
}
