import type { Context } from "../../contract/worker.ts";

const high = 0.8;

/** How full a context is; undefined while nobody can say. `high`: Claude Code will compact it before long. */
export function fullness(context: Context | null) {
  if (!context?.limit) return undefined;
  const share = Math.min(1, context.tokens / context.limit);
  const percent = `${Math.round(share * 100)} %`;
  return { share, percent, high: share >= high, words: `${percent} of its context is used` };
}
