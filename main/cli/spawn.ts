import { resolve } from "node:path";
import type { Input } from "../../contract/commands.ts";
import { type Args, hostOf, modeOf, UsageError } from "./args.ts";
import type { Command } from "./command.ts";
import { workerText } from "./print.ts";
import { tell, tellReply, textOf } from "./say.ts";
import { homeOf, needServer } from "./talk.ts";
import type { World } from "./world.ts";

/** Starts a worker, with a first task if there is one; with `--wait` prints the answer to it, and fails unless there is one. */
export const spawn: Command = async ({ words, flags }, world) => {
  if (flags.wait && words.length < 2) throw new UsageError("--wait needs a TASK to wait for");
  const order = await orderOf({ words, flags }, world);
  const server = await needServer(homeOf(flags, world));
  const worker = await server.call("spawn", order);
  if (!flags.wait) return tell(world, flags, worker, workerText);
  world.err(workerText(worker));
  const [first] = worker.receipts;
  const message = first && { message: first.id };
  return tellReply(world, flags, await server.call("reply", { worker: worker.id, ...message, wait: true }));
};

async function orderOf({ words: [directory = "", ...task], flags }: Args, world: World): Promise<Input<"spawn">> {
  const { name, model } = flags;
  const [permissionMode, terminal] = [modeOf(flags), hostOf(flags)];
  return {
    cwd: fromHere(directory, world),
    ...(task.length > 0 && { prompt: await textOf(task, world) }),
    ...(name !== undefined && { name }),
    ...(model !== undefined && { model }),
    ...(permissionMode && { permissionMode }),
    ...(terminal && { terminal }),
  };
}

/** The server lives in another directory than the person. A `~` that the shell left is the server's to resolve. */
const fromHere = (path: string, { cwd }: World): string => (/^~(\/|$)/.test(path) ? path : resolve(cwd(), path));
