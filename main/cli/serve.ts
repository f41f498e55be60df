import { portOf, terminalOf } from "./args.ts";
import { type Command, exit } from "./command.ts";
import { type Doors, runHouse } from "./run-house.ts";
import { homeOf } from "./talk.ts";

export const serve: Command = async ({ flags }, world) => {
  const order = { dir: homeOf(flags, world), port: portOf(flags), terminal: terminalOf(flags), env: world.env };
  await runHouse(order, world, (doors, house) => {
    if (flags.json) return world.out(`${JSON.stringify(doors)}\n`);
    world.out(
      house ? readyText(doors) : `claude-team runs on ${doors.home} already (pid ${doors.pid}): ${doors.panel}\n`,
    );
  });
  return exit.done;
};

const readyText = ({ url, panel, home }: Doors) => `claude-team is ready; its home is ${home}.
  Panel  ${panel}  (claude-team open shows it)
  MCP    ${url}  (claude-team install adds it to Claude Code)
Ctrl-C stops it, and ends workers that live inside it (pty); those in tmux or iTerm2 go on.
`;
