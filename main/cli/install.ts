import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { TeamError } from "../../contract/error.ts";
import { createFinder } from "../claude/find.ts";
import { type Home, openHome } from "../home/home.ts";
import { findRunning } from "../home/running.ts";
import { type Flags, portOf, UsageError } from "./args.ts";
import { confirm } from "./ask.ts";
import { type Command, exit } from "./command.ts";
import { claudeConfigFile, entryFor, entryName, findEntry, showEntry } from "./mcp-entry.ts";
import { shellWord } from "./shell-word.ts";
import { homeOf } from "./talk.ts";
import type { World } from "./world.ts";

/** Adds us to Claude Code, for the user, by Claude Code's own command; `--print` only shows what would be added. */
export const install: Command = async ({ flags }, world) => {
  if (flags.header && !flags.print) throw new UsageError("--header goes with --print");
  const home = await openHome(homeOf(flags, world));
  const port = await portFor(home, flags);
  const entry = JSON.stringify(entryFor(port, home.paths));
  if (flags.print)
    return print(flags.header ? headerLine(port, home) : `{"mcpServers":{"${entryName}":${entry}}}`, world);
  const claude = await findClaude(home, world);
  const known = await findEntry(world);
  if (known) world.err(`There is an entry already, which would be replaced:\n  ${showEntry(known)}\n`);
  const add = ["mcp", "add-json", entryName, entry, "--scope", "user"];
  world.err(
    `This adds claude-team to ${claudeConfigFile(world)}, by running:\n  claude ${add.map(shellWord).join(" ")}\n`,
  );
  if (!(await confirm("Do it?", flags.yes, world))) return exit.failed;
  if (known) await runClaude(claude, removeArguments, world);
  await runClaude(claude, add, world);
  world.out("Claude Code knows claude-team now: every session that starts from here on has its tools.\n");
  return exit.done;
};

/** Takes our entry out again; everything else stays. */
export const uninstall: Command = async ({ flags }, world) => {
  const home = await openHome(homeOf(flags, world));
  const known = await findEntry(world);
  if (!known) {
    world.out(`Nothing to remove: ${claudeConfigFile(world)} has no entry ${entryName}.\n`);
    return exit.done;
  }
  world.err(
    `This removes ${showEntry(known)}\nfrom ${claudeConfigFile(world)}, by running:\n  claude ${removeArguments.join(" ")}\n`,
  );
  if (!(await confirm("Do it?", flags.yes, world))) return exit.failed;
  await runClaude(await findClaude(home, world), removeArguments, world);
  world.out(`Removed. Tokens, settings and the journal stay in ${home.paths.dir}.\n`);
  return exit.done;
};

const removeArguments = ["mcp", "remove", entryName, "--scope", "user"];

async function portFor({ paths, settings }: Home, flags: Flags): Promise<number> {
  const port = portOf(flags) ?? settings.port;
  if (port > 0) return port;
  const running = await findRunning(paths);
  if (running) return running.port;
  throw new UsageError("the port changes with every start (port 0 in settings.json): give --port");
}

function print(text: string, world: World): number {
  world.out(`${text}\n`);
  return exit.done;
}

/** For clients without a headersHelper; the token ends up in their configuration. */
function headerLine(port: number, { token }: Home): string {
  const url = `http://127.0.0.1:${port}/mcp`;
  return `claude mcp add --transport http ${entryName} ${url} --scope user --header "Authorization: Bearer ${token}"`;
}

async function findClaude({ settings }: Home, { env }: World): Promise<string> {
  return (await createFinder({ env, setting: () => settings.claude }).binary()).binary;
}

async function runClaude(claude: string, args: readonly string[], { env }: World): Promise<void> {
  try {
    await promisify(execFile)(claude, [...args], { env, timeout: 60_000 });
  } catch (cause) {
    const { stderr, message } = cause as Error & { stderr?: string };
    throw new TeamError("INTERNAL", `claude ${args.slice(0, 2).join(" ")} failed: ${(stderr || message).trim()}`, {
      cause,
    });
  }
}
