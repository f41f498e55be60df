import { open } from "node:fs/promises";
import { createCutter, type EachLine } from "./lines.ts";

const chunkLength = 1024 * 1024;

/**
 * Reads the lines between two offsets in pieces, between which the loop goes round. `ino` names the file that is meant; false
 * when it is no longer there, or `signal` ended it.
 */
export async function scan(
  path: string,
  range: { from: number; to: number; ino?: number | undefined },
  each: EachLine,
  signal: AbortSignal,
): Promise<boolean> {
  await using file = await open(path, "r");
  if (range.ino !== undefined && (await file.stat()).ino !== range.ino) return false;
  const cutter = createCutter(range.from);
  const chunk = Buffer.allocUnsafe(Math.min(chunkLength, range.to - range.from));
  for (let at = range.from; at < range.to; ) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, range.to - at), at);
    if (signal.aborted || bytesRead === 0) return false;
    cutter.feed(chunk.subarray(0, bytesRead), each);
    at += bytesRead;
  }
  return true;
}
