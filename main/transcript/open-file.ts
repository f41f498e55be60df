import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";

export interface OpenFile {
  readonly fd: number;
  /** Which file it is, whatever name it has by now. */
  readonly ino: number;
  readonly size: number;
}

/** Opens a file for reading; undefined when it is not there or not to be read now. */
export function openFile(path: string): OpenFile | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(path, "r");
    const { ino, size } = fstatSync(fd);
    return { fd, ino, size };
  } catch {
    // Not there yet, or not readable: the watch and the sweep try again.
    if (fd !== undefined) closeSync(fd);
    return undefined;
  }
}

/** What stands at this path now; undefined when nothing does. */
export function lookAt(path: string): { ino: number; size: number } | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // A folder above is no folder, or may not be entered: as good as nothing.
    return undefined;
  }
}

/** Whether an open file still has a name and this size: one cheap question, since it is asked of every idle worker. */
export function rests(fd: number, size: number): boolean {
  try {
    const now = fstatSync(fd);
    return now.size === size && now.nlink > 0;
  } catch {
    // Its disk has gone: the closer look tells.
    return false;
  }
}

/** Reads into `buffer`; 0 at the end of the file, and where it cannot be read now. */
export function readInto(fd: number, buffer: Buffer, position: number): number {
  try {
    return readSync(fd, buffer, 0, buffer.length, position);
  } catch {
    // A folder, a broken disk: nothing new to be had, and the next event or sweep tries again.
    return 0;
  }
}

/** The `length` bytes before `offset`, fewer at the beginning of the file. */
export function bytesBefore(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(Math.min(length, offset));
  return bytes.subarray(0, readInto(fd, bytes, offset - bytes.length));
}
