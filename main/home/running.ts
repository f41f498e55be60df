import { readFile } from "node:fs/promises";
import { get } from "node:http";
import type { HomePaths } from "./paths.ts";
import { processStart } from "./process-start.ts";

/** The server that runs on a home, as its `server.json` tells. */
export interface Running {
  /** The MCP endpoint. */
  readonly url: string;
  /** The panel, without a code. */
  readonly panel: string;
  readonly port: number;
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** What stands in `server.json`. `process` tells this process from a later one with the same id. */
export interface ServerRecord {
  readonly port: number;
  readonly pid: number;
  readonly startedAt: number;
  readonly process: string;
}

/** What `server.json` says, true or stale; undefined when there is none that can be read. */
export async function readServerRecord(paths: HomePaths): Promise<ServerRecord | undefined> {
  try {
    const { port, pid, startedAt, process } = JSON.parse(await readFile(paths.server, "utf8"));
    const sound = [port, pid, startedAt].every(Number.isInteger) && typeof process === "string";
    return sound ? { port, pid, startedAt, process } : undefined;
  } catch {
    // No file, or not ours: nothing runs that could be found.
    return undefined;
  }
}

/** The server that runs on this home now; its process is checked, so that a token never goes to somebody else's port. */
export async function findRunning(paths: HomePaths): Promise<Running | undefined> {
  const record = await readServerRecord(paths);
  if (!record || (await processStart(record.pid)) !== record.process) return undefined;
  const { port, pid, startedAt } = record;
  return { url: `http://127.0.0.1:${port}/mcp`, panel: `http://127.0.0.1:${port}/`, port, pid, startedAt };
}

/** Whether anything speaks HTTP at this port within the time, in ms. */
export function answers(port: number, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port, path: "/", timeout: withinMs, agent: false }, (response) => {
      response.destroy();
      resolve(true);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(false));
    request.on("close", () => resolve(false));
  });
}
