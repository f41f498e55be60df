import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, resolve } from "node:path";
import { unreachable } from "../failures.ts";
import type { Command } from "../terminal.ts";

/**
 * The command with the full path of its program, so that no shell can take its name for a word of its own. Throws
 * TERMINAL_UNREACHABLE when the directory or the program is missing, or a text cannot be handed to a process.
 */
export async function checkCommand(command: Command): Promise<Command> {
  const { argv, cwd, env } = command;
  if ([...argv, ...Object.entries(env).flat()].some((text) => text.includes("\0"))) {
    throw unreachable("an argument or a variable holds a NUL character");
  }
  const directory = await stat(cwd).catch(() => undefined);
  if (!directory?.isDirectory()) throw unreachable(`there is no directory ${cwd}`);
  const [name, ...rest] = argv;
  const program = await findProgram(name, cwd, env.PATH);
  if (!program) throw unreachable(`there is no program ${JSON.stringify(name)} that can be run`);
  return { ...command, argv: [program, ...rest] };
}

async function findProgram(name: string, cwd: string, path = "/usr/bin:/bin"): Promise<string | undefined> {
  if (name.includes("/")) return (await isProgram(resolve(cwd, name))) ? resolve(cwd, name) : undefined;
  for (const place of name === "" ? [] : path.split(delimiter)) {
    const program = resolve(cwd, place, name);
    if (await isProgram(program)) return program;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return false;
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
