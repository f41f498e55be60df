import {
  GetBufferResponse_Status as BufferStatus,
  type GetBufferRequest,
  InjectResponse_Status as InjectStatus,
  GetPromptResponse_Status as PromptStatus,
  SendTextResponse_Status as SendStatus,
} from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import type { Handlers } from "./scene.ts";
import type { SessionScreen } from "./screen.ts";
import type { Session } from "./session.ts";
import { findSession, findSessions, type State } from "./state.ts";
import type { Result } from "./wire.ts";

const mostLines = 1_000_000;

/** What a session shows, and what is written into it. */
export const screenCalls: Handlers<"getBuffer" | "getPrompt" | "sendText" | "inject"> = {
  getBuffer({ session: id, lineRange, includeStyles }, { state }): Result {
    const session = findSession(state, id);
    if (!session) return { case: "getBuffer", value: { status: BufferStatus.SESSION_NOT_FOUND } };
    if (!lineRange) return { case: "getBuffer", value: { status: BufferStatus.REQUEST_MALFORMED } };
    const { screen } = session;
    const range = rangeOf(lineRange, screen);
    if (!range) return undefined;
    const lines = screen.lines(range.start, range.end);
    const coord = (y: number) => ({ x: 0, y: BigInt(y) });
    return {
      case: "getBuffer",
      value: {
        status: BufferStatus.OK,
        contents: includeStyles ? lines : lines.map((line) => ({ ...line, style: [] })),
        cursor: { x: screen.cursor.x, y: BigInt(screen.cursor.y) },
        windowedCoordRange: {
          coordRange: { start: coord(range.start), end: coord(range.end) },
          columns: { location: 0n, length: 0n },
        },
      },
    };
  },
  getPrompt: ({ session }, { state }) => ({
    case: "getPrompt",
    value: { status: findSession(state, session) ? PromptStatus.PROMPT_UNAVAILABLE : PromptStatus.SESSION_NOT_FOUND },
  }),
  sendText({ session, text = "", suppressBroadcast }, { state }) {
    const targets = findSessions(state, session).filter((one) => one.process);
    const all = suppressBroadcast ? targets : targets.flatMap((one) => domainOf(state, one));
    for (const one of new Set(all)) one.process?.write(text);
    return { case: "sendText", value: { status: targets.length > 0 ? SendStatus.OK : SendStatus.SESSION_NOT_FOUND } };
  },
  inject({ sessionId, data = new Uint8Array() }, { state }) {
    const status = sessionId.map((id) => {
      const sessions = findSessions(state, id);
      for (const { screen } of sessions) screen.feed(Buffer.from(data).toString("utf8"));
      return sessions.length > 0 ? InjectStatus.OK : InjectStatus.SESSION_NOT_FOUND;
    });
    return { case: "inject", value: { status } };
  },
};

/** The lines asked for; undefined for a request that names none, or several kinds. */
function rangeOf(given: NonNullable<GetBufferRequest["lineRange"]>, screen: SessionScreen) {
  const { screenContentsOnly, trailingLines, windowedCoordRange } = given;
  const named = [screenContentsOnly, trailingLines, windowedCoordRange].filter((one) => one !== undefined);
  const top = screen.overflow + screen.history;
  const end = top + screen.rows;
  if (named.length !== 1) return undefined;
  if (screenContentsOnly !== undefined) return { start: top, end };
  if (trailingLines !== undefined)
    return { start: Math.max(screen.overflow, end - Math.min(trailingLines, mostLines)), end };
  const range = windowedCoordRange?.coordRange;
  const [from, to] = [range?.start?.y, range?.end?.y];
  return from !== undefined && to !== undefined && from >= 0n && from <= to
    ? { start: Number(from), end: Number(to) }
    : undefined;
}

/** A session with those that get the same input. */
function domainOf(state: State, session: Session): Session[] {
  const domain = state.broadcast.find((ids) => ids.includes(session.id)) ?? [];
  return [session, ...domain.flatMap((id) => findSession(state, id) ?? [])];
}
