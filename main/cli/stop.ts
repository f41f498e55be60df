import { homePaths } from "../home/paths.ts";
import { findRunning } from "../home/running.ts";
import { untilFolder } from "../home/until-folder.ts";
import { confirm } from "./ask.ts";
import { type Command, exit } from "./command.ts";
import { homeOf, needServer } from "./talk.ts";

/** Closing 50 terminals takes a while: each may need its SIGKILL. */
const stopMs = 30_000;

export const stop: Command = async ({ flags }, world) => {
  const dir = homeOf(flags, world);
  const server = await needServer(dir);
  const ending = (await server.call("list", {})).filter((w) => w.terminal.host === "pty" && w.phase.is !== "gone");
  if (ending.length > 0) {
    const names = ending.map((w) => w.id).join(", ");
    world.err(`These workers live inside the server (pty) and end with it: ${names}\n`);
    if (world.input.isTTY && !(await confirm("Stop it?", flags.yes, world))) return exit.failed;
  }
  await server.stop();
  const paths = homePaths(dir);
  const isGone = async () => ((await findRunning(paths))?.pid === server.running.pid ? undefined : true);
  await untilFolder(dir, isGone, AbortSignal.timeout(stopMs));
  world.out(flags.json ? `${JSON.stringify({ stopped: server.running.pid })}\n` : "Stopped.\n");
  return exit.done;
};
