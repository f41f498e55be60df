import * as z from "zod";
import type { Ask } from "../../contract/observation.ts";
import { type Change, question } from "../../contract/request.ts";
import { changesOf, edit, write } from "./changes.ts";
import { spelledOut } from "./spelled-out.ts";

/** What a tool would do, in words for a person: a request without its id. */
export type Described =
  | { kind: "permission"; title: string; detail: string; changes?: Change[] }
  | { kind: "question"; questions: Extract<Ask, { kind: "question" }>["questions"] };

/** What is longer stands in every snapshot of the team's state, and nobody reads it to its end. */
const longest = 100_000;

const asked = z.looseObject({ questions: z.array(question).min(1) });
const flag = z.boolean().optional().catch(undefined);
const bash = z.looseObject({
  command: z.string(),
  description: z.string().optional().catch(undefined),
  run_in_background: flag,
  dangerouslyDisableSandbox: flag,
});
const plan = z.looseObject({ plan: z.string() });

/** Tool names and inputs are those of Claude Code 2.1.330; of any other tool the input is shown as JSON. */
export function describeTool(tool: string, input: unknown): Described {
  if (tool === "AskUserQuestion") {
    const { data } = asked.safeParse(input);
    if (data) return { kind: "question", questions: data.questions };
  }
  const [title, detail] = sentence(tool, input) ?? [`Use ${spoken(tool)}`, JSON.stringify(input ?? null, null, 2)];
  const changes = changesOf(tool, input);
  const words = { title: visible(title.replace(/\s+/g, " ").trim()), detail: visible(detail) };
  return { kind: "permission", ...words, ...(changes && { changes }) };
}

/** The same as words, for a call that no hook asks about; a question stands there as its input. */
export function describeCall(tool: string, input: unknown): Omit<Extract<Described, { kind: "permission" }>, "kind"> {
  const { kind, ...described } = describeTool(tool, input);
  if ("detail" in described) return described;
  return { title: "Ask a question", detail: visible(JSON.stringify(input, null, 2)) };
}

/** Claude's own words for it, and exactly what would be done. */
function sentence(tool: string, input: unknown): [title: string, detail: string] | undefined {
  switch (tool) {
    case "Bash": {
      const { data } = bash.safeParse(input);
      return data && [`${data.description || "Run a command"}${conditions(data)}`, data.command];
    }
    case "Edit": {
      const { data } = edit.safeParse(input);
      const { file_path = "", old_string: before, new_string: after, replace_all: all } = data ?? {};
      const path = onOneLine(file_path);
      const title = `Edit ${path}${all ? ", wherever it stands" : ""}`;
      return data && [title, [path, ...lines("-", before), ...lines("+", after)].join("\n")];
    }
    case "Write": {
      const { data } = write.safeParse(input);
      const path = onOneLine(data?.file_path ?? "");
      return data && [`Write ${path}`, [path, ...lines("+", data.content)].join("\n")];
    }
    case "ExitPlanMode": {
      const { data } = plan.safeParse(input);
      return data ? ["Carry out this plan", data.plan] : ["Leave plan mode", "Claude wants to leave plan mode."];
    }
    default:
      return undefined;
  }
}

/** How a command would be run, where that is not the usual way. */
function conditions({ run_in_background: apart, dangerouslyDisableSandbox: open }: z.infer<typeof bash>): string {
  return `${apart ? " · in the background" : ""}${open ? " · outside the sandbox" : ""}`;
}

/** The path is the first line: a line break in it would make the rest of it look like what is written. */
const onOneLine = (path: string) => path.replaceAll("\n", "\\u{a}");

const lines = (sign: string, text = "") => (text === "" ? [] : text.split("\n").map((line) => `${sign} ${line}`));

/** `mcp__server__tool` in words. */
const spoken = (tool: string) => tool.replace(/^mcp__(.+?)__(.+)$/, "$2 of $1");

function visible(text: string): string {
  const shown = spelledOut(text);
  return shown.length <= longest
    ? shown
    : `${shown.slice(0, longest)}\n… and ${shown.length - longest} more characters`;
}
