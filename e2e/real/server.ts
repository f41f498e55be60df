import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import * as z from "zod";
import { aliveAfter, descendantsOf, killAll, type Process } from "./processes.ts";
import { testTerminal } from "./test-terminal.ts";
import type { World } from "./world.ts";

/** Our command line, as it is built. */
export const cli = resolve(import.meta.dirname, "../../dist/main/cli.js");

/** The one line of `serve --json`. */
const readyLine = z.object({ url: z.url(), panel: z.url(), pid: z.number(), home: z.string() });

/** A running `claude-team serve`. */
export interface Server extends AsyncDisposable {
  /** The MCP endpoint, with /mcp. */
  readonly url: string;
  readonly panel: string;
  readonly pid: number;
  /** The manager's bearer token. */
  readonly token: string;
  /** The person's, for the command line's door. */
  readonly personToken: string;
  /** What it wrote to stderr so far. */
  log(): string;
  /** Resolves when the process has ended, however. */
  readonly ended: Promise<void>;
  /** SIGTERM; rejects when it does not end in time or leaves a process behind. */
  stop(): Promise<void>;
  /** SIGKILL, as in a crash; what it leaves behind may live until the world ends. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  /** After `serve --json --port PORT --home DIR --terminal HOST`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
}

/** Starts the built server in the world and waits for its line. It ends with the world. */
export async function startServer(world: World, options: ServerOptions = {}): Promise<Server> {
  const { args = [] } = options;
  const port = String(options.port ?? 0);
  const child = spawn(
    process.execPath,
    [cli, "serve", "--json", ...["--port", port, "--home", world.teamHome, "--terminal", testTerminal], ...args],
    {
      cwd: world.folder,
      env: { ...world.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const log = collect(child.stderr);
  const life = world.own(watchLife(child, log));
  const ready = readyLine.parse(await firstLine(child.stdout, log));
  return { ...ready, ...(await tokensOf(world)), log, ...life };
}

/** The tokens of managers and of persons, once the server is ready. */
export async function tokensOf({ teamHome }: World): Promise<Pick<Server, "token" | "personToken">> {
  const [token = "", personToken = ""] = await Promise.all(
    ["token", "person-token"].map((name) => readFile(join(teamHome, name), "utf8")),
  );
  return { token, personToken };
}

function collect(stream: Readable): () => string {
  let text = "";
  stream.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  return () => text;
}

/** Its end may be told before the line that it wrote last. */
async function firstLine(stdout: Readable, log: () => string): Promise<unknown> {
  const lines = createInterface(stdout);
  const line = await Promise.race([
    once(lines, "line").then(([text]) => String(text)),
    once(lines, "close").then(() => undefined),
  ]);
  if (line === undefined) throw new Error(`claude-team serve ended before it was ready:\n${log()}`);
  return JSON.parse(line);
}

/** The ways it ends. Whatever is below it when it is killed is ended with the world. */
function watchLife(child: ChildProcess, log: () => string) {
  const ended = once(child, "exit").then(() => undefined);
  const below: Process[] = [];
  const end = async (signal: NodeJS.Signals) => {
    const running = child.exitCode === null && child.signalCode === null;
    if (running && child.pid) below.push(...(await descendantsOf(child.pid)));
    const tooLong = setTimeout(() => child.kill("SIGKILL"), 20_000);
    child.kill(signal);
    await ended.finally(() => clearTimeout(tooLong));
  };
  return {
    ended,
    kill: () => end("SIGKILL"),
    async stop() {
      await end("SIGTERM");
      if (child.signalCode === "SIGKILL") throw new Error(`claude-team serve did not end within 20 s:\n${log()}`);
      const behind = (await aliveAfter(below, 1000)).map(({ pid, command }) => `${pid} ${command}`);
      if (behind.length > 0)
        throw new Error(`claude-team serve left processes behind:\n${behind.join("\n")}\n${log()}`);
    },
    async [Symbol.asyncDispose]() {
      await end("SIGTERM");
      await killAll(below);
    },
  };
}
