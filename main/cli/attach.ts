import { spawn } from "node:child_process";
import { once } from "node:events";
import { TeamError } from "../../contract/error.ts";
import type { Worker } from "../../contract/worker.ts";
import { attachCommand, giveSizeBack } from "../terminal/tmux/attach.ts";
import { type Command, exit } from "./command.ts";
import { oneLine } from "./inert.ts";
import { homeOf, needServer, type Server } from "./talk.ts";
import type { World } from "./world.ts";

/** Shows a worker's tmux terminal in this one, until the person leaves it or it ends; brings one in iTerm2 to the front. */
export const attach: Command = async ({ words: [ref = ""], flags }, world) => {
  const server = await needServer(homeOf(flags, world));
  const { worker } = await server.call("status", { worker: ref });
  const name = oneLine(worker.name);
  if (worker.phase.is === "gone") {
    throw new TeamError("WORKER_GONE", `${name} has ended: ${oneLine(worker.phase.reason)}`);
  }
  if (worker.terminal.host === "iterm2") return bringForward(server, worker, world);
  const socket = world.env.CLAUDE_TEAM_TMUX_SOCKET;
  const command = attachCommand(worker.terminal.ref, socket);
  if (command) return become(command, world).finally(() => giveSizeBack(worker.terminal.ref, socket, world.env));
  world.err(`${name} ${embedded}\n`);
  return exit.failed;
};

const embedded =
  "lives in a terminal inside the server, which no other terminal can show: look at it in the panel (claude-team open). " +
  "Workers in tmux can be attached to: claude-team spawn DIR --terminal tmux.";

async function bringForward(server: Server, { id, name }: Worker, world: World): Promise<number> {
  await server.call("focus", { worker: id });
  world.out(`${oneLine(name)} lives in iTerm2; its window is in front now.\n`);
  return exit.done;
}

/**
 * With our terminal as its own, until it ends; when that terminal is closed, we outlast it to tidy up. Inside a tmux of the
 * person it is one more: tmux only asks whether that is meant.
 */
async function become([file, ...args]: readonly [string, ...string[]], world: World): Promise<number> {
  const { TMUX: _, ...env } = world.env;
  const child = spawn(file, args, { env, stdio: "inherit" });
  world.interrupted().addEventListener("abort", () => child.kill(), { once: true });
  try {
    const [code] = await once(child, "exit");
    return typeof code === "number" ? code : exit.failed;
  } catch (cause) {
    throw new TeamError("TERMINAL_UNREACHABLE", `${file} does not run: ${(cause as Error).message}`, { cause });
  }
}
