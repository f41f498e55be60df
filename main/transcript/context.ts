import type { Usage } from "../../contract/message.ts";
import type { Context } from "../../contract/worker.ts";

/** How full the context was after this answer: all that the model was given, and what it said. Null without figures. */
export function contextOf(usage: Usage | null, model: string | null): Context | null {
  if (!usage) return null;
  const tokens = usage.input + usage.cacheRead + usage.cacheWrite + usage.output;
  return tokens === 0 ? null : { tokens, limit: limitOf(model, tokens) };
}

/**
 * The windows that Claude Code 2.1.330 names to its status line, measured with an API key for 14 models of the generations 4 and
 * 5: no file of its tells them. One of generation 4 that holds more has the larger window switched on.
 */
const windows: Readonly<Record<string, number>> = { 4: 200_000, 5: 1_000_000 };
const largest = 1_000_000;

function limitOf(model: string | null, tokens: number): number | null {
  const generation = /^claude-[a-z]+-(\d)(?!\d)/.exec(model ?? "")?.[1];
  const window = windows[generation ?? ""];
  if (window === undefined) return null;
  return tokens > window ? largest : window;
}
