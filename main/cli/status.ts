import type { Command } from "./command.ts";
import { statusText } from "./print.ts";
import { tell } from "./say.ts";
import { complainOf } from "./settings-complaint.ts";
import { homeOf, needServer } from "./talk.ts";

export const status: Command = async ({ words: [worker = ""], flags }, world) => {
  const server = await needServer(homeOf(flags, world));
  const [told] = await Promise.all([server.call("status", { worker }), complainOf(server, world)]);
  return tell(world, flags, told, (text) => statusText(text, Date.now()));
};
