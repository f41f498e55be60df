import { type Directive, unwrapInner } from "./directives.ts";

export interface ToolCall {
  readonly name: string;
  readonly input: Record<string, unknown>;
}

/** The tool call a directive stands for. Claude Code calls its agent tool `Agent` or `Task`. */
export function toolCall({ kind, argument }: Directive, agent: "Agent" | "Task"): ToolCall {
  const [path = "", ...parts] = argument.split("|");
  const call = (name: string, input: Record<string, unknown>) => ({ name, input });
  if (kind === "bash") return call("Bash", { command: argument, description: "Scripted step" });
  if (kind === "read") return call("Read", { file_path: argument });
  if (kind === "write") return call("Write", { file_path: path, content: parts.join("|") });
  if (kind === "edit") return call("Edit", { file_path: path, old_string: parts[0], new_string: parts[1] });
  if (kind === "ask") return call("AskUserQuestion", { questions: [colourQuestion] });
  if (kind === "plan") return call("ExitPlanMode", argument ? { plan: argument } : {});
  if (kind !== "agent") return namedTool(argument);
  const prompt = unwrapInner(argument);
  return call(agent, { description: "Scripted subagent", prompt, subagent_type: "general-purpose" });
}

const colourQuestion = {
  question: "Which colour do you want?",
  header: "Colour",
  multiSelect: false,
  options: [
    { label: "Red", description: "The red one" },
    { label: "Blue", description: "The blue one" },
  ],
};

/** `NAME {json}`; the JSON may be left out, and carries directives for others in round brackets. */
function namedTool(argument: string): ToolCall {
  const space = argument.search(/\s/);
  if (space < 0) return { name: argument, input: {} };
  return { name: argument.slice(0, space), input: JSON.parse(unwrapInner(argument.slice(space))) };
}
