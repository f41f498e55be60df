import { claudePath } from "../needs.ts";
import { runClaude, runCli } from "./manager.ts";
import { cli, type Server, startServer } from "./server.ts";
import { type ManagersWatch, watchManagers } from "./watch-managers.ts";
import { createWorld, type World } from "./world.ts";

/** A world whose Claude Code is a manager from its next start on, with the server and an open panel. */
export interface Managed extends AsyncDisposable {
  readonly world: World;
  readonly server: Server;
  readonly panel: ManagersWatch;
}

/** Connected by URL, as `claude-team install` leaves it. */
export const openInstalled = () =>
  open((world, { url }) => runCli(world, "install", "--yes", "--port", new URL(url).port));

/** Connected by a command that Claude Code starts. */
export const openBridged = () =>
  open((world) => runClaude(world, "mcp", "add", "claude-team", "--scope", "user", "--", ...bridgeCommand(world)));

export const bridgeCommand = (world: World) => [process.execPath, cli, "mcp", "--home", world.teamHome] as const;

async function open(connect: (world: World, server: Server) => Promise<unknown>): Promise<Managed> {
  const world = await createWorld({ claude: claudePath() });
  try {
    const server = await startServer(world);
    await connect(world, server);
    const panel = await watchManagers(world);
    await panel.until(0);
    return { world, server, panel, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
  } catch (cause) {
    await world[Symbol.asyncDispose]();
    throw cause;
  }
}
