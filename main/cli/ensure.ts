import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { createInterface } from "node:readline";
import { advice, type ErrorCode, TeamError } from "../../contract/error.ts";
import { homePaths } from "../home/paths.ts";
import { findRunning, type Running } from "../home/running.ts";
import type { World } from "./world.ts";

/** The server of this home, started in the background when none runs. Throws what its start failed with. */
export async function ensureServer(dir: string, world: World): Promise<Running> {
  const paths = homePaths(dir);
  const running = await findRunning(paths);
  if (running) return running;
  await startServer(dir, world);
  const started = await findRunning(paths);
  if (!started) throw new TeamError("SERVER_UNREACHABLE", `the server that was started on ${dir} ended at once`);
  return started;
}

/** Resolves when `serve` has said that it is ready; it lives on without us. */
async function startServer(dir: string, world: World): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const [command, ...self] = world.self;
  const child = spawn(command, [...self, "serve", "--json", "--home", dir], {
    cwd: dir,
    env: world.env,
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const lines = createInterface(child.stdout);
  const ended = new AbortController();
  child.once("close", () => ended.abort());
  child.once("error", () => ended.abort());
  const line = await once(lines, "line", { signal: ended.signal }).then(
    ([first]) => String(first),
    () => "",
  );
  lines.close();
  child.stdout.destroy();
  child.unref();
  const told = read(line);
  if (told.url) return;
  const { code = "SERVER_UNREACHABLE", message = `it said ${JSON.stringify(line)}` } = told.error ?? {};
  throw new TeamError(code in advice ? code : "INTERNAL", `the server could not be started: ${message}`);
}

function read(line: string): { url?: string; error?: { code: ErrorCode; message: string } } {
  try {
    return JSON.parse(line);
  } catch {
    // Not the line of a server.
    return {};
  }
}
