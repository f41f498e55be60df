import { type Command, exit } from "./command.ts";
import { statusText } from "./print.ts";
import { homeOf, needServer } from "./talk.ts";

export const status: Command = async ({ words: [worker = ""], flags }, world) => {
  const server = await needServer(homeOf(flags, world));
  const told = await server.call("status", { worker });
  world.out(flags.json ? `${JSON.stringify(told)}\n` : statusText(told, Date.now()));
  return exit.done;
};
