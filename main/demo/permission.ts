import { type Asking, type HookDecision, hookDecision } from "./asking.ts";
import { type Decision, permissionDialog } from "./dialog.ts";
import type { HookReply } from "./hooks.ts";
import { type Question, questionDialog } from "./question-dialog.ts";

/** Whether a tool may run, and who said so. */
export type Verdict =
  | {
      readonly is: "allowed";
      readonly by: "hook" | "person";
      readonly input: Record<string, unknown>;
      readonly mode: string | null;
    }
  | { readonly is: "denied"; readonly by: "hook" | "person"; readonly reason: string }
  | { readonly is: "interrupted" };

export interface PermissionDeps {
  readonly asking: Asking;
  readonly cwd: string;
  fire(event: string, extras: object, signal: AbortSignal): Promise<HookReply[]>;
}

/**
 * Asks hook and person at once; the first answer wins. As in Claude Code 2.1.330, a hook that is late is left running after the
 * person said yes, and ended after Esc.
 */
export async function askPermission(
  tool: string,
  input: Record<string, unknown>,
  deps: PermissionDeps,
  signal: AbortSignal,
): Promise<Verdict> {
  const asksInput = tool === "AskUserQuestion";
  const dialog = asksInput ? questionDialog(questionsIn(input)) : permissionDialog(tool, input, deps.cwd);
  const open = deps.asking.open(dialog, asksInput ? "input needed" : "permission prompt");
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  signal.addEventListener("abort", leave);
  const person = open.decided.then((decision) => personVerdict(decision, input));
  const hook = deps
    .fire("PermissionRequest", { tool_name: tool, tool_input: input, ...suggestions(tool, deps.cwd) }, leaving.signal)
    .then((replies) => hookVerdict(tool, input, hookDecision(replies)) ?? person);
  const given = new Promise<Verdict>((resolve) =>
    leaving.signal.addEventListener("abort", () => resolve({ is: "interrupted" })),
  );
  try {
    const verdict = await Promise.race([person, hook, given]);
    if (verdict.is === "interrupted") leave();
    return verdict;
  } finally {
    signal.removeEventListener("abort", leave);
    open.close();
  }
}

/** Claude Code fills in what the model left out. */
const questionsIn = (input: Record<string, unknown>): Question[] =>
  ((input.questions ?? []) as Partial<Question>[]).map(
    ({ question = "", header = "", options = [], multiSelect = false }) => ({
      question,
      header,
      options,
      multiSelect,
    }),
  );

const suggestions = (tool: string, cwd: string) =>
  tool === "AskUserQuestion"
    ? {}
    : {
        permission_suggestions: [
          { type: "addDirectories", directories: [cwd], destination: "session" },
          { type: "setMode", mode: "acceptEdits", destination: "session" },
        ],
      };

function personVerdict(decision: Decision, input: Record<string, unknown>): Verdict {
  const allowed = { is: "allowed", by: "person", mode: null } as const;
  if (decision.is === "yes") return { ...allowed, input };
  if (decision.is === "answers") return { ...allowed, input: { ...input, answers: decision.answers, annotations: {} } };
  return decision.is === "no" ? { is: "denied", by: "person", reason: decision.reason } : { is: "interrupted" };
}

/** undefined: it has no opinion. A plain allow answers no question and no plan, and is not asked again. */
function hookVerdict(tool: string, input: Record<string, unknown>, decision?: HookDecision): Verdict | undefined {
  if (!decision) return undefined;
  if (decision.interrupt) return { is: "interrupted" };
  if (decision.behavior === "deny") return { is: "denied", by: "hook", reason: decision.message };
  const needsInput = tool === "AskUserQuestion" || tool === "ExitPlanMode";
  if (needsInput && !decision.updatedInput) return undefined;
  const mode = decision.updatedPermissions.find(({ type }) => type === "setMode")?.mode ?? null;
  return { is: "allowed", by: "hook", input: decision.updatedInput ?? input, mode };
}
