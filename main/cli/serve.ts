import { TeamError } from "../../contract/error.ts";
import { portOf, terminalOf } from "./args.ts";
import { type Command, exit } from "./command.ts";
import { type Doors, type HouseOrder, runHouse } from "./run-house.ts";
import { homeOf, needServer } from "./talk.ts";

export const serve: Command = async ({ flags }, world) => {
  const order = { dir: homeOf(flags, world), port: portOf(flags), terminal: terminalOf(flags), env: world.env };
  await runHouse(order, world, async (doors, house) => {
    if (!house) await checkFits(order);
    if (flags.json) world.out(`${JSON.stringify(doors)}\n`);
    else world.out(house ? readyText(doors) : runningText(doors));
  });
  return exit.done;
};

/** Throws SERVER_RUNNING when the server that is there already is another one than this order wants. */
async function checkFits({ dir, port, terminal }: HouseOrder): Promise<void> {
  if (!port && terminal === undefined) return;
  const { running, call } = await needServer(dir);
  const { values } = await call("settings", {});
  const other = [
    ...(port && port !== running.port ? [`--port ${port}`] : []),
    ...(terminal !== undefined && terminal !== values.terminal ? [`--terminal ${terminal}`] : []),
  ];
  if (other.length === 0) return;
  const there = `claude-team runs on ${dir} already, with port ${running.port} and terminal ${values.terminal}`;
  throw new TeamError("SERVER_RUNNING", `${there} (pid ${running.pid}); not taken: ${other.join(", ")}`);
}

const readyText = ({ url, panel, home }: Doors) => `claude-team is ready; its home is ${home}.
${doorsText({ url, panel })}Ctrl-C stops it, and ends workers that live inside it (pty); those in tmux or iTerm2 go on.
`;

const runningText = ({ url, panel, home, pid }: Doors) => `claude-team runs on ${home} already (pid ${pid}).
${doorsText({ url, panel })}claude-team stop ends it; another port or terminal counts from the next start on.
`;

const doorsText = ({ url, panel }: Pick<Doors, "url" | "panel">) => `  Panel  ${panel}  (claude-team open shows it)
  MCP    ${url}  (claude-team install adds it to Claude Code)
`;
