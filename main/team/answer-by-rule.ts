import type { Ask } from "../../contract/observation.ts";
import { ruleWords } from "../../contract/rule-words.ts";
import type { WorkerId } from "../../contract/worker.ts";
import type { TeamDeps } from "./deps.ts";
import type { Watch } from "./ports.ts";
import { ruleFor } from "./rule.ts";

/** Answers a request by a kept rule, which the timeline tells; false when none fits it, or its call is gone. */
export function answersByRule(
  { settings, premises, timeline }: TeamDeps,
  worker: WorkerId,
  ask: Ask,
  watch: Pick<Watch, "answer">,
): boolean {
  const rule = ruleFor(ask, settings().rules, premises.realPath);
  if (!rule || !watch.answer(ask.request, { decision: "allow" })) return false;
  const what = ask.kind === "permission" ? `${ask.tool}: ${ask.detail}` : ask.tool;
  timeline.note({ by: "rule", did: "answered", worker, ref: ask.request, what, outcome: ruleWords(rule) });
  return true;
}
