import {
  VariableMonitor_Scope as MonitorScope,
  SubscriptionResponse_Status as Status,
  type SubscriptionRequest,
  SubscriptionRequest_Type as Type,
} from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import { layoutOf } from "./geometry.ts";
import type { Happening } from "./happening.ts";
import { allSessions, findSession, type State } from "./state.ts";
import { readVariable, type Scope, scopeOf } from "./variables.ts";
import type { NotificationBody } from "./wire.ts";

/** What one client has subscribed to. */
export interface Subscriptions {
  change(request: SubscriptionRequest): Status;
  /** Tells the client, if it wants to know. */
  hear(happening: Happening): void;
  /** Looks whether a watched variable has another value. */
  lookAtVariables(): void;
}

const ofSessions = new Set([
  Type.KEYSTROKE,
  Type.SCREEN_UPDATE,
  Type.PROMPT,
  Type.CUSTOM_ESCAPE_SEQUENCE,
  Type.KEYSTROKE_FILTER,
]);
/** A client that subscribes to these stops iTerm2, or makes it tell the wrong clients. */
const harmful = new Set([Type.LOCATION_CHANGE, Type.PROFILE_CHANGE]);

const scopes: Partial<Record<MonitorScope, Scope["is"]>> = {
  [MonitorScope.SESSION]: "session",
  [MonitorScope.TAB]: "tab",
  [MonitorScope.WINDOW]: "window",
  [MonitorScope.APP]: "app",
};

interface Monitor {
  readonly scope: MonitorScope;
  readonly kind: Scope["is"];
  readonly name: string;
  readonly identifier: string | undefined;
  readonly values: Map<string, string>;
}

export function createSubscriptions(
  state: State,
  send: (notification: NotificationBody) => void,
  complain: (fact: string) => void,
): Subscriptions {
  const keys = new Set<string>();
  const monitors = new Map<string, Monitor>();
  const wants = (type: Type, id?: string) => keys.has(`${type}|all`) || (id !== undefined && keys.has(`${type}|${id}`));

  function look(monitor: Monitor, tell: boolean): void {
    for (const id of idsOf(state, monitor)) {
      const scope = scopeOf(state, monitor.kind, id);
      const value = scope ? readVariable(state, scope, monitor.name) : undefined;
      if (value === undefined || monitor.values.get(id) === value) continue;
      monitor.values.set(id, value);
      const { scope: kind, name } = monitor;
      if (tell) send({ variableChanged: { scope: kind, name, identifier: id, jsonNewValue: value } });
    }
  }

  return {
    change(request) {
      const monitor = monitorIn(request);
      const key = keyOf(state, request, monitor);
      if (typeof key === "number") return key;
      if (harmful.has(request.notificationType ?? Type.UNSET))
        complain(`a client subscribed to ${Type[request.notificationType ?? 0]}`);
      if (keys.has(key) === request.subscribe)
        return request.subscribe ? Status.ALREADY_SUBSCRIBED : Status.NOT_SUBSCRIBED;
      if (request.subscribe) keys.add(key);
      else keys.delete(key);
      if (monitor && request.subscribe) monitors.set(key, monitor);
      else monitors.delete(key);
      if (monitor && request.subscribe) look(monitor, false);
      return Status.OK;
    },
    hear(happening) {
      const body = bodyOf(state, happening, wants);
      if (body) send(body);
    },
    lookAtVariables() {
      for (const monitor of monitors.values()) look(monitor, true);
    },
  };
}

function keyOf(state: State, request: SubscriptionRequest, monitor: Monitor | undefined): string | Status {
  const { notificationType: type = Type.UNSET, subscribe, session } = request;
  if (subscribe === undefined || type === Type.UNSET) return Status.REQUEST_MALFORMED;
  if (type === Type.VARIABLE_CHANGE) {
    if (!monitor) return Status.REQUEST_MALFORMED;
    const isKnown = idsOf(state, monitor).every((id) => scopeOf(state, monitor.kind, id)) || !subscribe;
    return isKnown ? `${type}|${monitor.kind}|${monitor.identifier}|${monitor.name}` : Status.INVALID_IDENTIFIER;
  }
  if (!ofSessions.has(type)) return `${type}|all`;
  if (session === "all") return `${type}|all`;
  const found = findSession(state, session);
  if (!found && subscribe) return Status.SESSION_NOT_FOUND;
  return `${type}|${found?.id ?? session}`;
}

function monitorIn({ arguments: given }: SubscriptionRequest): Monitor | undefined {
  if (given.case !== "variableMonitor") return undefined;
  const { scope = MonitorScope.UNSET, name, identifier } = given.value;
  const kind = scopes[scope];
  return kind && name !== undefined ? { scope, kind, name, identifier, values: new Map() } : undefined;
}

function idsOf(state: State, { kind, identifier }: Monitor): string[] {
  if (kind === "app") return [""];
  if (identifier !== "all") return [identifier ?? ""];
  return kind === "session" ? allSessions(state).map(({ id }) => id) : state.windows.map(({ id }) => id);
}

function bodyOf(
  state: State,
  happening: Happening,
  wants: (type: Type, id?: string) => boolean,
): NotificationBody | undefined {
  switch (happening.is) {
    case "session.new":
      return wants(Type.NEW_SESSION) ? { newSession: { sessionId: happening.id } } : undefined;
    case "session.terminated":
      return wants(Type.TERMINATE_SESSION) ? { terminateSession: { sessionId: happening.id } } : undefined;
    case "session.drawn":
      return wants(Type.SCREEN_UPDATE, happening.id) ? { screenUpdate: { session: happening.id } } : undefined;
    case "session.typed":
      return wants(Type.KEYSTROKE, happening.id)
        ? { keystroke: { session: happening.id, characters: happening.characters } }
        : undefined;
    case "session.custom": {
      const { id: session, identity: senderIdentity, payload } = happening;
      return wants(Type.CUSTOM_ESCAPE_SEQUENCE, session)
        ? { customEscapeSequence: { session, senderIdentity, payload } }
        : undefined;
    }
    case "layout.changed":
      return wants(Type.LAYOUT_CHANGE) ? { layoutChanged: { listSessionsResponse: layoutOf(state) } } : undefined;
    case "focus.changed":
      return wants(Type.FOCUS_CHANGE) ? { focusChanged: happening.change } : undefined;
    case "broadcast.changed": {
      const broadcastDomains = state.broadcast.map((sessionIds) => ({ sessionIds }));
      return wants(Type.BROADCAST_CHANGE) ? { broadcastDomainsChanged: { broadcastDomains } } : undefined;
    }
  }
}
