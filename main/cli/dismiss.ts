import type { Command } from "./command.ts";
import { tell } from "./say.ts";
import { homeOf, needServer } from "./talk.ts";

/** Takes an ended worker off the list; its conversation stays where Claude Code keeps it. */
export const dismiss: Command = async ({ words: [worker = ""], flags }, world) => {
  const server = await needServer(homeOf(flags, world));
  return tell(world, flags, await server.call("dismiss", { worker }), () => "Taken off the list.\n");
};
