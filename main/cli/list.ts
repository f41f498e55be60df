import type { Command } from "./command.ts";
import { listText } from "./print.ts";
import { tell } from "./say.ts";
import { complainOf } from "./settings-complaint.ts";
import { homeOf, needServer } from "./talk.ts";

export const list: Command = async ({ flags }, world) => {
  const server = await needServer(homeOf(flags, world));
  const [all] = await Promise.all([server.call("list", { gone: true }), complainOf(server, world)]);
  const shown = flags.all ? all : all.filter(({ phase }) => phase.is !== "gone");
  return tell(world, flags, shown, () => listText(shown, all.length - shown.length, Date.now(), world.columns()));
};
