import { homedir } from "node:os";
import type { Readable } from "node:stream";
import { spelling } from "./spelling.ts";

/** What a command touches besides files and the network; tests give another one. */
export interface World {
  readonly env: NodeJS.ProcessEnv;
  readonly userHome: string;
  /** How wide standard output is, in characters; of a pipe, as wide as one line should be. */
  columns(): number;
  /** Where the command was typed; absolute. */
  cwd(): string;
  readonly input: Readable & { readonly isTTY?: boolean };
  /** Standard output: what was asked for. */
  out(text: string): void;
  /** Standard error: everything else. */
  err(text: string): void;
  /** What runs this program again: node, its options, and our script. */
  readonly self: readonly [string, ...string[]];
  /** From now on Ctrl-C, SIGTERM and SIGHUP do not end the process but abort this. */
  interrupted(): AbortSignal;
  /** From now on what nobody caught is told here and does not end the process: the workers in it matter more. */
  onFault(listener: (cause: unknown) => void): void;
}

/** The real one. */
export function thisWorld(): World {
  // Whoever read our output has gone away; a server goes on, and a command ends by itself.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  const spelled = spelling(process.argv, process.env);
  return {
    env: process.env,
    userHome: homedir(),
    columns: () => process.stdout.columns ?? 160,
    cwd: () => process.cwd(),
    input: process.stdin,
    out: (text) => void process.stdout.write(spelled(text)),
    err: (text) => void process.stderr.write(spelled(text)),
    self: [process.execPath, ...process.execArgv, process.argv[1] ?? "claude-team"],
    interrupted() {
      const controller = new AbortController();
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => controller.abort());
      return controller.signal;
    },
    onFault(listener) {
      process.on("uncaughtException", listener);
      process.on("unhandledRejection", listener);
    },
  };
}

/** Resolves when whoever reads has all that was written, or has gone away: a pipe takes 64 kB at once, and an exit drops the rest. */
export async function allWritten(): Promise<void> {
  const drained = (stream: NodeJS.WriteStream) => new Promise<void>((resolve) => stream.write("", () => resolve()));
  await Promise.all([process.stdout, process.stderr].map(drained));
}
