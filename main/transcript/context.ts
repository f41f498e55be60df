import type { Usage } from "../../contract/message.ts";
import type { Context } from "../../contract/worker.ts";

/** How full the context was after this answer: all that the model was given, and what it said. Null without figures. */
export function contextOf(usage: Usage | null, model: string | null): Context | null {
  if (!usage) return null;
  const tokens = usage.input + usage.cacheRead + usage.cacheWrite + usage.output;
  return tokens === 0 ? null : { tokens, limit: limitOf(model) };
}

const limitOf = (_model: string | null): number | null => null;
