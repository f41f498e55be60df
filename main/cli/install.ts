import { isDeepStrictEqual } from "node:util";
import { addRun, asTyped, removeRun, runClaude } from "../checks/add-entry.ts";
import { claudeConfigFile, entryFor, entryName, findEntry, showEntry } from "../checks/mcp-entry.ts";
import { type Home, type HomeView, lookAtHome, openHome } from "../home/home.ts";
import { findRunning } from "../home/running.ts";
import { type Flags, portOf, UsageError } from "./args.ts";
import { confirm } from "./ask.ts";
import { type Command, exit } from "./command.ts";
import { homeOf } from "./talk.ts";
import type { World } from "./world.ts";

/** Adds us to Claude Code, for the user, by Claude Code's own command; `--print` only shows what would be added. */
export const install: Command = async ({ flags }, world) => {
  if (flags.header && !flags.print) throw new UsageError("--header goes with --print");
  const home = await openHome(homeOf(flags, world));
  const port = await portFor(home, flags);
  const entry = entryFor(port, home.paths);
  if (flags.print)
    return print(flags.header ? headerLine(port, home) : JSON.stringify({ mcpServers: { [entryName]: entry } }), world);
  const known = await findEntry(world);
  if (isDeepStrictEqual(known, entry)) return print(`${claudeConfigFile(world)} has this entry already.`, world);
  if (known) world.err(`There is an entry already, which would be replaced:\n  ${showEntry(known)}\n`);
  const add = addRun(entry);
  world.err(`This adds claude-team to ${claudeConfigFile(world)}, by running:\n  ${asTyped([add])}\n`);
  if (!(await confirm("Do it?", flags.yes, world))) return exit.failed;
  await runClaude(known ? [removeRun(), add] : [add], runner(home, world));
  world.out("Claude Code knows claude-team now: every session that starts from here on has its tools.\n");
  return exit.done;
};

/** Takes our entry out again; everything else stays. */
export const uninstall: Command = async ({ flags }, world) => {
  const dir = homeOf(flags, world);
  const home = await lookAtHome(dir);
  const known = await findEntry(world);
  if (!known) {
    world.out(`Nothing to remove: ${claudeConfigFile(world)} has no entry ${entryName}.\n`);
    return exit.done;
  }
  world.err(
    `This removes ${showEntry(known)}\nfrom ${claudeConfigFile(world)}, by running:\n  ${asTyped([removeRun()])}\n`,
  );
  if (!(await confirm("Do it?", flags.yes, world))) return exit.failed;
  await runClaude([removeRun()], runner(home, world));
  world.out(home ? `Removed. Tokens, settings and the journal stay in ${dir}.\n` : "Removed.\n");
  return exit.done;
};

const runner = (home: HomeView | undefined, { env }: World) => ({ env, setting: home?.settings.claude ?? null });

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
