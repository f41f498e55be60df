import type { HomePaths } from "../home/paths.ts";
import { findRunning } from "../home/running.ts";
import { readToken } from "../home/token.ts";
import { addRun, type ClaudeRun, removeRun } from "./add-entry.ts";
import { type Finding, good, note } from "./finding.ts";
import { entryFor, entryNameOf, findEntry, type Person, wayOf } from "./mcp-entry.ts";

/** Whether Claude Code knows us at the port that we serve, or would serve; `fix` says how to add us. */
export async function checkEntry(paths: HomePaths, port: number, person: Person, fix: string): Promise<Finding> {
  const entry = await findEntry(person);
  if (!entry) return note(`Claude Code does not know ${entryNameOf(person)} yet`, fix);
  const served = await servedPort(paths, port);
  const way = wayOf(entry, served, paths, await tokenNow(paths));
  return way ? good(way) : note("it stands for another port, home or token", fix);
}

/** What would add us, in place of an entry that stands there already. */
export async function runsToAdd(paths: HomePaths, port: number, person: Person): Promise<ClaudeRun[]> {
  const name = entryNameOf(person);
  const add = addRun(entryFor(await servedPort(paths, port), paths), name);
  return (await findEntry(person)) ? [removeRun(name), add] : [add];
}

/** Undefined where no home was made yet, or its token cannot be read. */
const tokenNow = (paths: HomePaths) => readToken(paths.token).catch(() => undefined);

const servedPort = async (paths: HomePaths, port: number) => (await findRunning(paths))?.port ?? port;
