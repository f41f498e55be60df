import { type Command, exit } from "./command.ts";
import { listText } from "./print.ts";
import { homeOf, needServer } from "./talk.ts";

export const list: Command = async ({ flags }, world) => {
  const server = await needServer(homeOf(flags, world));
  const workers = await server.call("list", { gone: flags.gone ?? false });
  world.out(flags.json ? `${JSON.stringify(workers)}\n` : listText(workers, Date.now()));
  return exit.done;
};
