import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type LiveFile, parseLiveFile } from "./live-file.ts";
import type { Processes } from "./processes.ts";

/** The process that has this conversation open, as the live files in `folder` say; null when none that lives does. */
export async function processWith(
  conversation: string,
  folder: string,
  processes: Pick<Processes, "starts">,
): Promise<number | null> {
  // Claude Code never ran here when the folder is not there.
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^\d+\.json$/.test(name));
  const files = await Promise.all(names.map((name) => readLive(join(folder, name))));
  const having = files.filter((file): file is LiveFile => file?.sessionId === conversation);
  const starts = await processes.starts(having.map(({ pid }) => pid));
  // A killed process leaves its file behind.
  const alive = having.find(
    ({ pid, procStart }) => starts.has(pid) && (procStart ?? starts.get(pid)) === starts.get(pid),
  );
  return alive?.pid ?? null;
}

async function readLive(path: string): Promise<LiveFile | undefined> {
  try {
    return parseLiveFile(await readFile(path, "utf8"));
  } catch {
    // Removed meanwhile: that process has ended.
    return undefined;
  }
}
