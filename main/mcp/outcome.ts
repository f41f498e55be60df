import type { CallToolResult } from "@modelcontextprotocol/server";
import * as z from "zod";
import { describe, type TeamError } from "../../contract/error.ts";
import { request } from "../../contract/request.ts";
import { cut, requestOf } from "./session.ts";

/** Claude Code 2.1.330 shows its model the structured content of a success, and nothing but the text of a failure. */
export function succeeded(structuredContent: Record<string, unknown>): CallToolResult {
  return { content: [text(JSON.stringify(structuredContent))], structuredContent };
}

/** What was given is told back in part only: a path of 300 kB would fill its caller's context. */
const most = { fact: 4000, sessionId: 200 };

/** `CODE: fact. Next step.`, then the facts as JSON where there are some. */
export function failed(error: TeamError, given: Readonly<Record<string, unknown>>): CallToolResult {
  const { code, advice } = error;
  const message = cut(error.message, most.fact);
  const facts = callersFacts(error.facts);
  const sessionId = typeof given.session_id === "string" ? { session_id: cut(given.session_id, most.sessionId) } : {};
  const more = Object.keys(facts).length > 0 ? `\n${JSON.stringify(facts)}` : "";
  return {
    isError: true,
    content: [text(describe({ code, message }) + more)],
    structuredContent: { ...sessionId, ...facts, code, error: message, hint: advice },
  };
}

/** Open requests are told in the callers' words, too. */
function callersFacts({ requests, ...facts }: Record<string, unknown>): Record<string, unknown> {
  const { data } = z.array(request).safeParse(requests);
  return data ? { ...facts, requests: data.map((asked) => requestOf(asked)) } : facts;
}

const text = (content: string) => ({ type: "text" as const, text: content });
