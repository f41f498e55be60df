import { settings as defaults } from "../../contract/settings.ts";
import { portOf } from "./args.ts";
import {
  type Check,
  checkClaude,
  checkCurl,
  checkEntry,
  checkHome,
  checkIterm2,
  checkNode,
  checkPort,
  checkPty,
  checkSettings,
  checkTmux,
} from "./checks.ts";
import { type Command, exit } from "./command.ts";
import { homeOf } from "./talk.ts";

/** Says of everything that is needed whether it is there, and how to get what is not. Fails when something needed is missing. */
export const doctor: Command = async ({ flags }, world) => {
  const dir = homeOf(flags, world);
  const { check, home } = await checkHome(dir);
  const port = portOf(flags) ?? (home?.settings ?? defaults.parse({})).port;
  const checks = [
    checkNode(process.versions.node),
    ...(await Promise.all([checkClaude(home, world), checkCurl(world)])),
    check,
    checkSettings(home),
    ...(await Promise.all([checkPort(dir, port), checkEntry(dir, port, world)])),
    ...(await checkIterm2(dir, world)),
    await checkTmux(world),
    checkPty(),
  ];
  world.out(flags.json ? `${JSON.stringify(checks)}\n` : checks.map(line).join(""));
  return checks.some(({ state }) => state === "missing") ? exit.failed : exit.done;
};

function line({ name, state, fact, fix }: Check): string {
  return `${state.padEnd(8)} ${name.padEnd(9)}  ${fact}${fix ? `\n${" ".repeat(20)}→ ${fix}` : ""}\n`;
}
