import type { Command } from "./command.ts";
import { workerText } from "./print.ts";
import { tell } from "./say.ts";
import { homeOf, needServer } from "./talk.ts";

/** Waits until all (or with `--any` the first) of these workers are done or ask something; then says how all of them stand. */
export const wait: Command = async ({ words, flags }, world) => {
  const server = await needServer(homeOf(flags, world));
  const stand = await server.call("wait", { workers: [...words], mode: flags.any ? "any" : "all" });
  return tell(world, flags, stand, ({ settled, waiting }) => [...settled, ...waiting].map(workerText).join(""));
};
