import type { Command } from "./command.ts";
import { tellReply } from "./say.ts";
import { homeOf, needServer } from "./talk.ts";

/** Prints the newest answer of a worker in full; fails while there is none, unless `--wait` waits for it. */
export const reply: Command = async ({ words: [worker = ""], flags }, world) => {
  const server = await needServer(homeOf(flags, world));
  return tellReply(world, flags, await server.call("reply", { worker, wait: flags.wait ?? false }));
};
