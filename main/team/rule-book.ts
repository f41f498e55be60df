import { isDeepStrictEqual } from "node:util";
import type { Output, Parsed } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { TeamDeps } from "./deps.ts";
import type { Roster } from "./roster.ts";
import { faultOf, rulesFor } from "./rule.ts";

type Deps = TeamDeps & { roster: Roster };

/** The rules a person may keep for an open request; none for what is always a person's to answer. */
export function offers({ roster, premises }: Deps, { worker, request }: Parsed<"rulesFor">): Output<"rulesFor"> {
  const asked = roster.needRunning(worker).evidence.asked.find((a) => a.id === request);
  if (!asked) throw new TeamError("REQUEST_GONE", `${roster.need(worker).name} no longer asks ${request}`);
  return { rules: rulesFor(asked.ask, premises.realPath) };
}

/** Keeps a rule, and answers by it what is open. A rule that stands there already is kept once. */
export async function addRule(deps: Deps, { rule }: Parsed<"addRule">): Promise<Output<"addRule">> {
  const fault = faultOf(rule);
  if (fault) throw new TeamError("INPUT_INVALID", `rule: ${fault}`);
  await deps.premises.configure(({ rules }) => ({
    rules: rules.some((known) => isDeepStrictEqual(known, rule)) ? rules : [...rules, rule],
  }));
  const running = [...deps.store.state.workers.keys()].flatMap((id) => deps.roster.find(id) ?? []);
  return { answered: running.reduce((sum, worker) => sum + worker.answerByRules(), 0) };
}

export async function removeRule({ premises }: Deps, { rule }: Parsed<"removeRule">): Promise<Record<string, never>> {
  await premises.configure(({ rules }) => ({ rules: rules.filter((known) => !isDeepStrictEqual(known, rule)) }));
  return {};
}
