import { basename, resolve } from "node:path";
import { shellWord } from "../checks/shell-word.ts";
import { shapes } from "./args.ts";

const ours = new RegExp(`\\bclaude-team (${Object.keys(shapes).join("|")}|--help)\\b( --home\\b)?`, "g");

/**
 * Has every `claude-team COMMAND` in a text for people written so that it runs as it stands: by npx when npm started us, by its
 * own name when it is installed, else by node and the path of the script; and for the home that this command was typed for.
 */
export function spelling([, script, ...typed]: readonly string[], env: NodeJS.ProcessEnv): (text: string) => string {
  const name = callOf(script, env);
  const home = homeTyped(typed);
  const homed = home === undefined ? "" : ` --home ${shellWord(home)}`;
  const write = (_: string, command: string, named = command === "--help" ? "" : homed) => `${name} ${command}${named}`;
  // What programs read stays as it is.
  return (text) => (/^\s*[{[]/.test(text) ? text : text.replace(ours, write));
}

/** The variable stands for later commands too; a flag only for this one. */
function homeTyped(typed: readonly string[]): string | undefined {
  const at = typed.findIndex((word) => word === "--home" || word.startsWith("--home="));
  const home = typed[at]?.slice("--home=".length) || typed[at + 1];
  return at < 0 || !home ? undefined : resolve(home);
}

function callOf(script: string | undefined, { npm_command }: NodeJS.ProcessEnv): string {
  if (npm_command !== undefined) return "npx claude-team";
  if (script === undefined || basename(script) === "claude-team") return "claude-team";
  return `node ${shellWord(script)}`;
}
