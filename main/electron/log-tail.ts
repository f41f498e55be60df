import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** The last lines of a file, oldest first, out of its last `bytes`; none when it cannot be read. */
export function lastLines(path: string, most = 60, bytes = 65_536): string[] {
  try {
    const file = openSync(path, "r");
    try {
      const { size } = fstatSync(file);
      const buffer = Buffer.alloc(Math.min(size, bytes));
      readSync(file, buffer, 0, buffer.length, size - buffer.length);
      const lines = buffer.toString("utf8").split("\n").filter(Boolean);
      return (size > buffer.length ? lines.slice(1) : lines).slice(-most);
    } finally {
      closeSync(file);
    }
  } catch {
    // Nothing was logged yet; the report is about more than the log.
    return [];
  }
}
