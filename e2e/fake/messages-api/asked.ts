import type { IncomingMessage } from "node:http";
import { type MessagesBody, messagesBody, readStanding, type Standing } from "./conversation.ts";

/** One request for an answer, as it arrived. */
export interface Asked extends Standing {
  readonly session: string | null;
  /** Claude Code's id of the subagent that asks; null for the main conversation. */
  readonly agent: string | null;
  readonly tools: readonly string[];
  /** Asked without tools: a title, a summary, a classifier. */
  readonly aside: boolean;
  readonly headers: IncomingMessage["headers"];
  readonly body: MessagesBody;
}

export async function readAsked(request: IncomingMessage): Promise<Asked> {
  const body = messagesBody.parse(JSON.parse(await readText(request)));
  const header = (name: string) => request.headers[`x-claude-code-${name}`]?.toString() ?? null;
  return {
    ...readStanding(body),
    session: header("session-id") ?? sessionIn(body),
    agent: header("agent-id"),
    tools: body.tools.map(({ name }) => name),
    aside: body.tools.length === 0,
    headers: request.headers,
    body,
  };
}

export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** Claude Code puts its session id into `metadata.user_id` too, as JSON. */
function sessionIn(body: MessagesBody): string | null {
  return /"session_id":"([0-9a-f-]{36})"/.exec(body.metadata?.user_id ?? "")?.[1] ?? null;
}
