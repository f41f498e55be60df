import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { claudePath } from "../needs.ts";
import { cli } from "./server.ts";
import type { World } from "./world.ts";

const run = promisify(execFile);

/** The real Claude Code as the manager of a team. */
export interface ClaudeManager {
  /** Its session id, by which the API tells its requests from the workers'. */
  readonly session: string;
  /** The revision of MCP that it speaks with our server. */
  protocol(): Promise<string | undefined>;
}

export interface Start {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs our command line in the world; rejects when it fails. */
export const runCli = (world: World, ...args: string[]) =>
  run(process.execPath, [cli, ...args], { cwd: world.folder, env: world.env });

/** Runs Claude Code for something that is not a conversation, such as `claude mcp get`. */
export const runClaude = (world: World, ...args: string[]) =>
  run(claudePath(), args, { cwd: world.folder, env: world.env });

/** A directive for the manager's model: to call this tool of ours. The arguments may hold directives for a worker. */
export function callTool(tool: string, args: object = {}): string {
  const json = JSON.stringify(args).replaceAll("[[", "((").replaceAll("]]", "))");
  return `[[tool:mcp__claude-team__${tool} ${json}]]`;
}

/** A manager to be, and the arguments that make it one: our tools unasked, and a log that tells what it speaks. */
export function managerArguments(world: World): ClaudeManager & { readonly args: readonly string[] } {
  const session = randomUUID();
  const log = join(world.folder, `${session}.log`);
  return {
    session,
    args: ["--session-id", session, "--allowedTools", "mcp__claude-team", "--debug-file", log],
    protocol: async () => /"negotiatedProtocolVersion":"([^"]+)"/.exec(await readFile(log, "utf8"))?.[1],
  };
}

/** One prompt in print mode; `output` is what it prints, when it has ended. It ends with the world at the latest. */
export function print(world: World, prompt: string, { cwd, env }: Start): ClaudeManager & { output: Promise<string> } {
  const { args, ...manager } = managerArguments(world);
  const ended = run(claudePath(), ["-p", ...args, "--", prompt], { cwd, env: { ...world.env, ...env } });
  ended.child.stdin?.end();
  const output = ended.then(({ stdout }) => stdout.trim());
  world.own({
    async [Symbol.asyncDispose]() {
      ended.child.kill("SIGKILL");
      await output.catch(() => undefined); // its failure is told to whoever waits for the output
    },
  });
  return { ...manager, output };
}
