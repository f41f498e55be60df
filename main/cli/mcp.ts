import { StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { type HomePaths, homePaths } from "../home/paths.ts";
import { findRunning, type Running, readServerRecord } from "../home/running.ts";
import { readToken } from "../home/token.ts";
import { untilFolder } from "../home/until-folder.ts";
import { type Command, exit } from "./command.ts";
import { ensureServer } from "./ensure.ts";
import { openFarEnd } from "./far-end.ts";
import { relay } from "./relay.ts";
import { homeOf } from "./talk.ts";

/** How long a server that has stopped listening may take to end. */
const endingMs = 15_000;

export const mcp: Command = async ({ flags }, world) => {
  const dir = homeOf(flags, world);
  const paths = homePaths(dir);
  await relay({
    near: new StdioServerTransport(),
    async ensure(gone) {
      if (gone)
        await untilFolder(dir, async () => (await isAnother(paths, gone)) || undefined, AbortSignal.timeout(endingMs));
      return ensureServer(dir, world);
    },
    next: (known, signal) => untilFolder(dir, () => another(paths, known), signal),
    open: (running, onMessage) => openFarEnd(running, () => readToken(paths.token), onMessage),
    report: (cause) => world.err(`claude-team mcp: ${cause instanceof Error ? cause.message : String(cause)}\n`),
  });
  return exit.done;
};

/** The server that runs now, unless it is this one. Looks at the process only when the file tells of a new one. */
async function another(paths: HomePaths, known: Running): Promise<Running | undefined> {
  const record = await readServerRecord(paths);
  return !record || isSame(record, known) ? undefined : findRunning(paths);
}

async function isAnother(paths: HomePaths, gone: Running): Promise<boolean> {
  const running = await findRunning(paths);
  return !running || !isSame(running, gone);
}

const isSame = (a: { pid: number; startedAt: number }, b: { pid: number; startedAt: number }) =>
  a.pid === b.pid && a.startedAt === b.startedAt;
