import { answerSession } from "./answer-session.ts";
import { closeSession } from "./close-session.ts";
import { getConversationHistory } from "./get-conversation-history.ts";
import { getResponse } from "./get-response.ts";
import { getSessionStatus } from "./get-session-status.ts";
import { interruptSession } from "./interrupt-session.ts";
import { listSessions } from "./list-sessions.ts";
import { sendMessage } from "./send-message.ts";
import { spawnSession } from "./spawn-session.ts";
import type { Tool } from "./tool.ts";
import { waitForSessions } from "./wait-for-sessions.ts";

/** In the order agents see. */
export const tools: readonly Tool[] = [
  spawnSession,
  listSessions,
  sendMessage,
  waitForSessions,
  getResponse,
  getSessionStatus,
  answerSession,
  interruptSession,
  getConversationHistory,
  closeSession,
];

const byName = new Map(tools.map((tool) => [tool.listing.name, tool]));

export const toolNamed = (name: string): Tool | undefined => byName.get(name);
