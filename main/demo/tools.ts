import { setTimeout as delay } from "node:timers/promises";
import { type Desk, fire } from "./desk.ts";
import { type Ending, resultLine } from "./lines.ts";
import { askPermission, type Verdict } from "./permission.ts";
import { answered, needOf, pretend } from "./pretend.ts";
import { hookDecisionLine } from "./system-lines.ts";

/** A tool call that stands in the transcript, on the line `uuid`. */
export interface Call {
  readonly id: string;
  readonly uuid: string;
  readonly name: string;
  readonly input: Record<string, unknown>;
}

/**
 * Runs the calls of one answer: readers side by side, all others one after another (Claude Code 2.1.330). Resolves with the
 * last result; undefined when the person interrupted, and then every call has a rejected result.
 */
export async function runTools(desk: Desk, calls: readonly Call[], signal: AbortSignal): Promise<string | undefined> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  let last: string | undefined = "";
  for (const group of inGroups(calls)) {
    const endings = group.map(async (call) => {
      const ending = await runTool(desk, call, either);
      if (ending.is === "rejected") stop.abort();
      desk.transcript.append(resultLine(call, ending, desk.state.prompt ?? ""), call.uuid);
      desk.stage.add({ is: "tool", text: summary(call, ending) });
      return ending;
    });
    for (const ending of await Promise.all(endings)) last = textOf(ending);
  }
  return either.aborted ? undefined : last;
}

function inGroups(calls: readonly Call[]): Call[][] {
  const groups: Call[][] = [];
  for (const call of calls) {
    const last = groups.at(-1);
    if (call.name === "Read" && last?.every(({ name }) => name === "Read")) last.push(call);
    else groups.push([call]);
  }
  return groups;
}

async function runTool(desk: Desk, call: Call, signal: AbortSignal): Promise<Ending> {
  if (signal.aborted) return { is: "rejected" };
  const named = { tool_name: call.name, tool_input: call.input, tool_use_id: call.id };
  await fire(desk, "PreToolUse", named, signal);
  const verdict = await permit(desk, call, signal);
  if (verdict.is === "interrupted") return { is: "rejected" };
  if (verdict.is === "denied") return verdict;
  if (verdict.mode) desk.state.mode = verdict.mode;
  const began = desk.now();
  const done =
    call.name === "AskUserQuestion" ? answered(verdict.input) : pretend(call.name, verdict.input, desk.facts.cwd);
  try {
    await delay(done.seconds * 1000, undefined, { signal });
  } catch {
    return { is: "rejected" }; // interrupted while it ran
  }
  const after = { ...named, tool_input: verdict.input, tool_response: done.result, duration_ms: desk.now() - began };
  await fire(desk, "PostToolUse", after, signal);
  return { is: "ran", by: verdict.by, content: done.content, result: done.result };
}

type Permit =
  | Verdict
  | { readonly is: "allowed"; readonly by: "rules"; readonly input: Record<string, unknown>; readonly mode: null };

async function permit(desk: Desk, { id, uuid, name, input }: Call, signal: AbortSignal): Promise<Permit> {
  const need = needOf(name, input, desk.state.mode, desk.facts.cwd);
  if (need === "nothing" || signal.aborted) return { is: "allowed", by: "rules", input, mode: null };
  const fireHook = (event: string, extras: object, ends: AbortSignal) => fire(desk, event, extras, ends);
  const verdict = await askPermission(
    name,
    input,
    { asking: desk.asking, cwd: desk.facts.cwd, fire: fireHook },
    signal,
  );
  if (verdict.is !== "interrupted" && verdict.by === "hook") {
    desk.transcript.append(hookDecisionLine(verdict.is === "allowed" ? "allow" : "deny", id), uuid);
  }
  const leavesPlan = verdict.is === "allowed" && name === "ExitPlanMode";
  return leavesPlan ? { ...verdict, mode: verdict.mode ?? "default" } : verdict;
}

function textOf(ending: Ending): string {
  if (ending.is === "ran") return String(ending.content);
  return ending.is === "denied" ? ending.reason : "";
}

function summary({ name, input }: Call, ending: Ending): string {
  const what = name === "Bash" ? `$ ${input.command}` : name;
  if (ending.is === "rejected") return `${what}\nInterrupted · What should Claude do instead?`;
  if (ending.is === "denied") return `${what}\nNot run · permission denied\n│ Reason: ${ending.reason}`;
  return `${what}\n${textOf(ending)}`;
}
