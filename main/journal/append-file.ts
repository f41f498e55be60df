import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;

/** Opens a file for appending; a test puts a failing disk here. */
export type OpenFile = (path: string, flags: number, mode: number) => Promise<FileHandle>;

/** A file that only grows, line by line. One call at a time. */
export interface AppendFile {
  /** In bytes; 0 before the first append. */
  readonly size: number;
  /** Writes whole lines; with `sync` they are on disk when it resolves. When it rejects, nothing of them stays. */
  append(lines: string, sync: boolean): Promise<void>;
  /** Lets go of the file; the next append opens what then stands under its name. */
  close(): Promise<void>;
}

/** `torn`: the file as it is may not end with a whole line. */
export function createAppendFile(path: string, torn: boolean, openFile: OpenFile = open): AppendFile {
  let file: FileHandle | undefined;
  let size = 0;

  async function ready(): Promise<FileHandle> {
    if (file) return file;
    const opened = await openFile(path, O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY, 0o600);
    size = (await opened.stat()).size;
    file = opened;
    return opened;
  }

  async function cutBack(handle: FileHandle): Promise<void> {
    try {
      await handle.truncate(size);
    } catch {
      // It cannot be cut off either: a line feed will part it from what follows.
      torn = true;
    }
  }

  return {
    get size() {
      return size;
    },
    async append(lines, sync) {
      const handle = await ready();
      const text = torn ? `\n${lines}` : lines;
      try {
        await handle.appendFile(text);
        if (sync) await handle.datasync();
      } catch (cause) {
        await cutBack(handle);
        throw cause;
      }
      torn = false;
      size += Buffer.byteLength(text);
    },
    async close() {
      const open = file;
      file = undefined;
      await open?.close();
    },
  };
}
