import type { Command } from "./command.ts";
import { workerText } from "./print.ts";
import { tell } from "./say.ts";
import { homeOf, needServer } from "./talk.ts";

/** Stops the turn that runs, and says what the worker does then. */
export const interrupt: Command = async ({ words: [worker = ""], flags }, world) => {
  const server = await needServer(homeOf(flags, world));
  return tell(world, flags, await server.call("interrupt", { worker }), workerText);
};
