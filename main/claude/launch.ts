import { TeamError } from "../../contract/error.ts";
import type { Order } from "../team/ports.ts";
import type { Command } from "../terminal/terminal.ts";

export interface Launch {
  /** Claude Code's binary; absolute. */
  readonly binary: string;
  readonly order: Order;
  /** The file for `--settings`. */
  readonly settingsFile: string;
  /** From the person's own settings. */
  readonly claudeArguments: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** We run as root. */
  readonly root: boolean;
}

/** One argument of a program on Linux, with its closing NUL. */
const longestArgument = 128 * 1024;

/** The command that starts a worker; pure. Throws INPUT_INVALID for what cannot be started. */
export function launchCommand({ binary, order, settingsFile, claudeArguments, env, root }: Launch): Command {
  const { name, permissionMode, model, prompt, cwd } = order;
  if (permissionMode === "bypassPermissions" && root && !env.IS_SANDBOX) {
    throw new TeamError(
      "INPUT_INVALID",
      "permission mode bypassPermissions: Claude Code refuses it to root, unless IS_SANDBOX=1 is in claude-team's environment",
    );
  }
  // In one word: `--bare` and `--safe-mode` count wherever they stand, also as a name of their own word (2.1.330).
  const argv: [string, ...string[]] = [binary, ...conversationArguments(order), `--name=${name}`];
  argv.push("--settings", settingsFile, "--permission-mode", permissionMode);
  if (model !== null) argv.push("--model", model);
  argv.push(...claudeArguments);
  if (prompt !== null) argv.push("--", firstTask(prompt));
  return { argv, cwd, env };
}

/** What a person types to go on with the conversation that this command starts. */
export function resumeLine({ argv: [, first, conversation, fork, , copy] }: Command): string {
  return `claude --resume ${first === "--resume" && fork === "--fork-session" ? copy : conversation}`;
}

/** A conversation of its own, one that goes on, or the copy of one; `--resume` alone keeps the id and the file (2.1.330). */
function conversationArguments({ conversation, from }: Order): string[] {
  if (from === null) return ["--session-id", conversation];
  if (from === conversation) return ["--resume", from];
  return ["--resume", from, "--fork-session", "--session-id", conversation];
}

/**
 * The first task as the last argument. After `--` the CLI takes `-x` and `--help` as text, but still runs `doctor` or `mcp` as
 * its own command when that is the whole argument (2.1.330); a word with a space after it is no command.
 */
function firstTask(prompt: string): string {
  if (prompt.includes("\0"))
    throw new TeamError("INPUT_INVALID", "prompt: a NUL character cannot be given to a program");
  const text = /\s/.test(prompt) ? prompt : `${prompt} `;
  const bytes = Buffer.byteLength(text) + 1;
  if (bytes <= longestArgument) return text;
  const fact = `prompt: ${bytes} bytes are too long for a first task (at most ${longestArgument - 2})`;
  throw new TeamError("INPUT_INVALID", `${fact}; spawn without a prompt, and send it as a message`);
}
