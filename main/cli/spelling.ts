import { basename } from "node:path";
import { shellWord } from "../checks/shell-word.ts";
import { shapes } from "./args.ts";

const ours = new RegExp(`\\bclaude-team (?=(?:${Object.keys(shapes).join("|")}|--help)\\b)`, "g");

/**
 * Has every `claude-team COMMAND` in a text for people written so that it runs as it stands: by npx when npm started us, by its
 * own name when it is installed, else by node and the path of the script.
 */
export function spelling(script: string | undefined, env: NodeJS.ProcessEnv): (text: string) => string {
  const name = callOf(script, env);
  // What programs read stays as it is.
  return (text) => (/^\s*[{[]/.test(text) ? text : text.replace(ours, `${name} `));
}

function callOf(script: string | undefined, { npm_command }: NodeJS.ProcessEnv): string {
  if (npm_command !== undefined) return "npx claude-team";
  if (script === undefined || basename(script) === "claude-team") return "claude-team";
  return `node ${shellWord(script)}`;
}
