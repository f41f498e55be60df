import type { Caller, CommandName } from "../../contract/commands.ts";
import type { Receipt } from "../../contract/receipt.ts";
import type { Answer, Request } from "../../contract/request.ts";
import { ruleWords } from "../../contract/rule-words.ts";
import type { Settings, SettingsState } from "../../contract/settings.ts";
import type { Worker, WorkerId } from "../../contract/worker.ts";
import { closerOf } from "./close.ts";
import { takenBack } from "./letter.ts";
import type { Deed } from "./timeline.ts";

/** What a command that succeeded did to this worker, for the timeline; null when others tell it, or nobody needs to know. Pure. */
export function deedOf(command: CommandName, by: Caller, { id: worker, name: what }: Worker): Deed | null {
  if (command === "rename") return { by, did: "renamed", worker, what };
  return command === "interrupt" ? { by, did: "interrupted", worker, what } : null;
}

/** What a change of phase tells: requests that came and went, the end of a turn or of the worker. `answered`: by us, so told elsewhere. Pure. */
export function deedsOfPhase(before: Worker, after: Worker, answered: (request: string) => boolean): Deed[] {
  const { id: worker } = after;
  const asked = requestsOf(before);
  const asks = requestsOf(after);
  const came = asks.filter((r) => !asked.some((a) => a.id === r.id));
  const went = asked.filter((r) => !asks.some((a) => a.id === r.id) && !answered(r.id));
  return [
    ...went.map((r): Deed => ({ by: "team", did: "settled", worker, ref: r.id, what: wordsOf(r) })),
    ...came.map((r): Deed => ({ by: "worker", did: "asked", worker, ref: r.id, what: wordsOf(r) })),
    ...ending(before, after),
  ];
}

function ending({ phase: before }: Worker, { id: worker, name, phase, lastReply, problem }: Worker): Deed[] {
  if (phase.is === before.is) return [];
  if (phase.is === "gone") {
    const by = closerOf(phase.reason);
    if (by) return [{ by, did: "closed", worker, what: name }];
    return [{ by: "worker", did: "ended", worker, what: name, outcome: phase.reason }];
  }
  if (phase.is !== "idle" || before.is !== "working" || problem) return [];
  return [{ by: "worker", did: "finished", worker, what: lastReply?.text ?? "" }];
}

const requestsOf = ({ phase }: Worker): readonly Request[] => (phase.is === "asking" ? phase.requests : []);

/** What a request is about. */
export function wordsOf(request: Request): string {
  if (request.kind === "permission") return `${request.tool}: ${request.detail}`;
  return request.kind === "question" ? request.questions.map((q) => q.question).join(" ") : request.detail;
}

/** How a request was answered. */
export function outcomeOf({ decision, reason, answers }: Answer): string {
  if (decision === "deny") return reason ? `denied: ${reason}` : "denied";
  return answers ? Object.values(answers).flat().join(", ") : "allowed";
}

/** What became of a message of ours. `known`: as it stood before, if it did. Pure. */
export function deedsOfReceipt(worker: WorkerId, known: Receipt | undefined, receipt: Receipt): Deed[] {
  const { id: ref, by, text: what, state, notes } = receipt;
  const common = { worker, ref, what };
  if (!known) return [{ ...common, by, did: "sent" }];
  if (known.state === state) return [];
  const outcome = notes.at(-1) ?? state;
  if (state === "withdrawn")
    return [
      outcome === takenBack
        ? { ...common, by: "person", did: "withdrew" }
        : { ...common, by: "team", did: "withdrew", outcome },
    ];
  const lost = state === "undelivered" || state === "unconfirmed";
  return lost ? [{ ...common, by: "team", did: "failed", outcome }] : [];
}

/** What a person changed in the settings, by the panel or in the file; rules have their own words. Pure. */
export function deedsOfSettings(before: SettingsState, after: SettingsState): Deed[] {
  const [was, is] = [before.values, after.values];
  const common = { by: "person" as const, worker: null };
  const without = (some: Settings["rules"], others: Settings["rules"]) =>
    some.filter((rule) => !others.some((other) => JSON.stringify(other) === JSON.stringify(rule)));
  const changed = (Object.keys(is) as (keyof Settings)[])
    .filter((field) => field !== "rules" && JSON.stringify(was[field]) !== JSON.stringify(is[field]))
    .map((field): Deed => ({ ...common, did: "configured", what: field, outcome: JSON.stringify(is[field]) }));
  const added = without(is.rules, was.rules).map((r): Deed => ({ ...common, did: "allowed", what: ruleWords(r) }));
  const gone = without(was.rules, is.rules).map((r): Deed => ({ ...common, did: "disallowed", what: ruleWords(r) }));
  return [...changed, ...added, ...gone];
}
