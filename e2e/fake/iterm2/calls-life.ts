import {
  type CloseRequest,
  CloseResponse_Status as CloseStatus,
  RestartSessionResponse_Status as RestartStatus,
} from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import { numberIn } from "./profile.ts";
import type { Handlers, Scene } from "./scene.ts";
import type { Session } from "./session.ts";
import { panesOf } from "./split-tree.ts";
import { findSession, findTab, sessionsIn } from "./state.ts";
import type { Result } from "./wire.ts";

/** Closing and restarting. */
export const lifeCalls: Handlers<"close" | "restartSession"> = {
  async close({ target, force }, scene) {
    const statuses: CloseStatus[] = [];
    for (const one of targetsOf(target, scene)) statuses.push(await closeOne(one, force ?? false, scene));
    return { case: "close", value: { statuses } };
  },
  restartSession({ sessionId, onlyIfExited }, { state, desk }): Result {
    const answer = (status: RestartStatus): Result => ({ case: "restartSession", value: { status } });
    const session = findSession(state, sessionId);
    if (!session) return answer(RestartStatus.SESSION_NOT_FOUND);
    if (onlyIfExited && !session.hasEnded) return answer(RestartStatus.SESSION_NOT_RESTARTABLE);
    desk.restart(session);
    return answer(RestartStatus.OK);
  },
};

type Closing = { readonly sessions: readonly Session[]; readonly close: () => void } | undefined;

function targetsOf(target: CloseRequest["target"], { state, desk }: Scene): Closing[] {
  switch (target.case) {
    case "sessions":
      return target.value.sessionIds.map((id) => {
        const session = findSession(state, id);
        return session && { sessions: [session], close: () => desk.close(session) };
      });
    case "tabs":
      return target.value.tabIds.map((id) => {
        const place = findTab(state, id);
        return place && { sessions: panesOf(place.tab.root), close: () => desk.closeTab(place.window, place.tab) };
      });
    case "windows":
      return target.value.windowIds.map((id) => {
        const window = state.windows.find((one) => one.id === id);
        return window && { sessions: sessionsIn(window), close: () => desk.closeWindow(window) };
      });
    case undefined:
      return [];
  }
}

async function closeOne(closing: Closing, force: boolean, { ask, complain }: Scene): Promise<CloseStatus> {
  if (!closing) return CloseStatus.NOT_FOUND;
  const asks = closing.sessions.some((one) => one.process && numberIn(one.profile, "Prompt Before Closing 2") !== 0);
  if (!force && asks) {
    complain("a close without force opened a dialog");
    if (!(await ask("Close it?"))) return CloseStatus.USER_DECLINED;
  }
  closing.close();
  return CloseStatus.OK;
}
