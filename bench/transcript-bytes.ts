import fs, { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTranscript } from "../main/transcript/open.ts";
import { atMost, type Row } from "./row.ts";
import { createLines } from "./transcript-lines.ts";

/** Bytes read for each byte that Claude appended, over 100 turns during which everything is asked for. */
export async function measureBytes(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "claude-team-bench-"));
  const path = join(folder, "a.jsonl");
  const reads = await countReads();
  const lines = createLines();
  let appended = 0;
  try {
    using transcript = openTranscript({ told() {}, changed() {} });
    transcript.follow(path);
    for (let turn = 0; turn < 100; turn++) {
      // As Claude Code flushes: some lines at a time.
      for (const line of lines.turn().split(/(?<=\n)/)) {
        appendFileSync(path, line);
        appended += Buffer.byteLength(line);
        await transcript.settled();
      }
      await transcript.page({});
      if (transcript.turns.at(-1)?.ended !== true || transcript.summary.activity !== null)
        throw new Error("not settled");
    }
  } finally {
    reads.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const note = `${(reads.bytes() / 1e6).toFixed(1)} MB read of ${(appended / 1e6).toFixed(1)} MB appended`;
  return [atMost("bytes.once", reads.bytes() / appended, 1.05, note)];
}

/** Counts what every read of this process returns, until stopped. */
async function countReads() {
  let bytes = 0;
  const { readSync } = fs;
  fs.readSync = ((...args: Parameters<typeof readSync>) => {
    const read = readSync(...args);
    bytes += read;
    return read;
  }) as typeof readSync;
  syncBuiltinESMExports();
  const handle = await open(process.execPath);
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const { read } = prototype;
  prototype.read = async function (this: FileHandle, ...args: Parameters<typeof read>) {
    const result = await read.apply(this, args);
    bytes += result.bytesRead;
    return result;
  } as typeof read;
  const stop = () => {
    fs.readSync = readSync;
    syncBuiltinESMExports();
    prototype.read = read;
  };
  return { bytes: () => bytes, stop };
}
