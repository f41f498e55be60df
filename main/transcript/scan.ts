import { open } from "node:fs/promises";
import { createCutter, type EachLine } from "./lines.ts";

const chunkLength = 1024 * 1024;

/** What can end a reading that is under way; an AbortSignal is one. */
export type MayEnd = Pick<AbortSignal, "aborted">;

/**
 * Reads the lines between two offsets in pieces, between which the loop goes round. `ino` names the file that is meant. False
 * when that file is no longer there, ends before, or `life` is over; throws when nothing can be read there.
 */
export async function scan(
  path: string,
  range: { from: number; to: number; ino?: number },
  each: EachLine,
  life: MayEnd,
): Promise<boolean> {
  await using file = await open(path, "r");
  if (range.ino !== undefined && (await file.stat()).ino !== range.ino) return false;
  const cutter = createCutter(range.from);
  const chunk = Buffer.allocUnsafe(Math.min(chunkLength, range.to - range.from));
  for (let at = range.from; at < range.to; ) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, range.to - at), at);
    if (life.aborted || bytesRead === 0) return false;
    cutter.feed(chunk.subarray(0, bytesRead), each);
    at += bytesRead;
  }
  return true;
}
