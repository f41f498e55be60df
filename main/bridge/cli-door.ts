import { type CommandName, commands } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { Team } from "../team/commands.ts";

export interface CliDeps {
  readonly team: Team;
  /** The panel's URL with a fresh single-use code. */
  open(): string;
  stop(): void;
}

/** What the command line asks for, as the person who typed it: any team command by its name, `open`, or `stop`. */
export async function callFromCli(deps: CliDeps, call: string, input: unknown, signal: AbortSignal): Promise<unknown> {
  if (call === "open") return { url: deps.open() };
  if (call === "stop") return deps.stop() ?? {};
  if (!isCommand(call))
    throw new TeamError("INPUT_INVALID", `there is no command ${JSON.stringify(call.slice(0, 80))}`);
  const command = deps.team[call] as (input: unknown, by: "person", signal: AbortSignal) => Promise<unknown>;
  return command(input ?? {}, "person", signal);
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);
