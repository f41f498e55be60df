import { hostOf } from "./args.ts";
import type { Command } from "./command.ts";
import { workerText } from "./print.ts";
import { tell } from "./say.ts";
import { homeOf, needServer } from "./talk.ts";

/** An ended worker goes on in a new terminal, under its id and name. */
export const resume: Command = async ({ words: [worker = ""], flags }, world) => {
  const terminal = hostOf(flags);
  const server = await needServer(homeOf(flags, world));
  return tell(world, flags, await server.call("resume", { worker, ...(terminal && { terminal }) }), workerText);
};
