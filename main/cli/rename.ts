import type { Command } from "./command.ts";
import { workerText } from "./print.ts";
import { tell } from "./say.ts";
import { homeOf, needServer } from "./talk.ts";

/** Gives a worker another name; its id stays. */
export const rename: Command = async ({ words: [worker = "", name = ""], flags }, world) => {
  const server = await needServer(homeOf(flags, world));
  return tell(world, flags, await server.call("rename", { worker, name }), workerText);
};
