import { randomBytes } from "node:crypto";
import { type Directive, unwrapInner } from "../../../main/demo/directives.ts";
import type { MessagesBody } from "./conversation.ts";

export interface ToolUse {
  readonly type: "tool_use";
  readonly id: string;
  readonly name: string;
  readonly input: Record<string, unknown>;
}

/** The tool call a directive stands for. The agent tool's name is taken from what the request offers. */
export function toolUse(directive: Directive, body: MessagesBody): ToolUse {
  const [name, input] = called(directive, body);
  return { type: "tool_use", id: `toolu_fake${randomBytes(9).toString("hex")}`, name, input };
}

function called({ kind, argument }: Directive, body: MessagesBody): [string, Record<string, unknown>] {
  const [path = "", ...parts] = argument.split("|");
  if (kind === "bash") return ["Bash", { command: argument, description: "Scripted step" }];
  if (kind === "read") return ["Read", { file_path: argument }];
  if (kind === "write") return ["Write", { file_path: path, content: parts.join("|") }];
  if (kind === "edit") return ["Edit", { file_path: path, old_string: parts[0], new_string: parts[1] }];
  if (kind === "ask") return ["AskUserQuestion", { questions: [colourQuestion] }];
  if (kind === "plan") return ["ExitPlanMode", argument ? { plan: argument } : {}];
  if (kind !== "agent") return namedTool(argument);
  const name = body.tools.some((tool) => tool.name === "Agent") ? "Agent" : "Task";
  return [name, { description: "Scripted subagent", prompt: unwrapInner(argument), subagent_type: "general-purpose" }];
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
function namedTool(argument: string): [string, Record<string, unknown>] {
  const space = argument.search(/\s/);
  if (space < 0) return [argument, {}];
  return [argument.slice(0, space), JSON.parse(unwrapInner(argument.slice(space)))];
}
