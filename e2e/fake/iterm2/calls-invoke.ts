import {
  type InvokeFunctionRequest,
  InvokeFunctionResponse_Status as Status,
} from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import { interpolate } from "./interpolated.ts";
import { parseInvocation } from "./invocation.ts";
import type { Handlers, Scene } from "./scene.ts";
import { areasOf, panesOf } from "./split-tree.ts";
import { findSession, findTab, findWindow, type Tab } from "./state.ts";
import type { Result } from "./wire.ts";

const failed = (status: Status, errorReason: string): Result => ({
  case: "invokeFunction",
  value: { disposition: { case: "error", value: { status, errorReason } } },
});
const done = (value: unknown = null): Result => ({
  case: "invokeFunction",
  value: { disposition: { case: "success", value: { jsonResult: JSON.stringify(value) } } },
});

type Method = (given: Readonly<Record<string, unknown>>, scene: Scene) => Result;

/** Functions of iTerm2: those that name things, and moving between panes. */
export const invokeCalls: Handlers<"invokeFunction"> = {
  async invokeFunction({ context, invocation = "" }, scene) {
    const call = parseInvocation(invocation);
    if (!call) return failed(Status.REQUEST_MALFORMED, `Syntax error in ${invocation}`);
    if (context.case !== "method") return inContext(context, call.name, scene);
    const { receiver = "" } = context.value;
    const methods = methodsOf(receiver, scene);
    if (!methods) return failed(Status.FAILED, `No object with ID ${receiver}`);
    const method = methods[call.name];
    return method ? method(call.given, scene) : failed(Status.FAILED, `No method ${call.name} of ${receiver}`);
  },
};

function inContext(context: InvokeFunctionRequest["context"], name: string, { state }: Scene): Result {
  const found = {
    tab: () => context.case === "tab" && findTab(state, context.value.tabId),
    session: () => context.case === "session" && findSession(state, context.value.sessionId),
    window: () => context.case === "window" && findWindow(state, context.value.windowId),
    app: () => true,
  };
  if (context.case === undefined || context.case === "method") return failed(Status.REQUEST_MALFORMED, "no context");
  if (!found[context.case]()) return failed(Status.INVALID_ID, `Invalid ${context.case} ID`);
  if (name === "iterm2.focus" || name === "iterm2.paste") return done();
  return failed(Status.FAILED, `No function registered for invocation ${name}`);
}

function methodsOf(receiver: string, { state }: Scene): Record<string, Method> | undefined {
  const session = findSession(state, receiver);
  if (session) {
    return {
      "iterm2.set_name": ({ name }) => {
        session.profile.Name = name;
        session.autoName = String(name);
        return done();
      },
    };
  }
  const place = findTab(state, receiver);
  if (place) return { "iterm2.set_title": titled(place.tab), "iterm2.select_pane_in_direction": paneBeside(place.tab) };
  const window = findWindow(state, receiver);
  return window && { "iterm2.set_title": titled(window) };
}

/** A title is an interpolated string. */
const titled =
  (target: { titleOverride: string }): Method =>
  ({ title }) => {
    target.titleOverride = interpolate(String(title), () => "") ?? "";
    return done();
  };

const paneBeside =
  (tab: Tab): Method =>
  ({ direction }, { desk }) => {
    const areas = areasOf(tab.root, { col: 0, row: 0, cols: 1000, rows: 1000 });
    const own = areas.get(tab.active);
    const next = panesOf(tab.root).find((session) => {
      const area = areas.get(session);
      if (!own || !area) return false;
      if (direction === "left") return area.col + area.cols + 1 === own.col;
      if (direction === "right") return own.col + own.cols + 1 === area.col;
      return direction === "above" ? area.row + area.rows + 1 === own.row : own.row + own.rows + 1 === area.row;
    });
    if (next) desk.activate(tab, next);
    return done(next?.id ?? null);
  };
