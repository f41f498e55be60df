import { showInBrowser } from "./browser.ts";
import { type Command, exit } from "./command.ts";
import { ensureServer } from "./ensure.ts";
import { homeOf, serverAt } from "./talk.ts";

export const open: Command = async ({ flags }, world) => {
  const dir = homeOf(flags, world);
  const server = await serverAt(await ensureServer(dir, world), dir);
  const url = await server.open();
  if (flags.json) world.out(`${JSON.stringify({ url })}\n`);
  else if (flags.print) world.out(`${url}\n`);
  else if (await showInBrowser(url, world.env)) world.out(`Opened ${server.running.panel} in the browser.\n`);
  else world.out(`Open this in a browser within a minute; it works once:\n${url}\n`);
  return exit.done;
};
