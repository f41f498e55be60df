import { readdir, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";

/** Directories that a beginning may become. */
export interface Completions {
  /** In the way the beginning was written. */
  readonly directories: string[];
  /** There are others. */
  readonly more: boolean;
}

const most = 50;

/** Completes the beginning of an absolute path, or of one with `~`; hidden directories only once their dot was written. */
export async function completeDirectory(written: string): Promise<Completions> {
  const none = { directories: [], more: false };
  if (written === "~") return { directories: ["~/"], more: false };
  if (!written.startsWith("/") && !written.startsWith("~/")) return none;
  const [above, start] = written.endsWith("/") ? [written, ""] : [slashed(dirname(written)), basename(written)];
  const folder = above.startsWith("~/") ? join(homedir(), above.slice(1)) : above;
  // What cannot be read has nothing to offer.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const fitting = entries
    .filter(({ name }) => name.toLowerCase().startsWith(start.toLowerCase()))
    .filter(({ name }) => start.startsWith(".") || !name.startsWith("."))
    .sort((a, b) => a.name.localeCompare(b.name));
  const directories: string[] = [];
  for (const entry of fitting) {
    if (directories.length > most) break;
    const linked = entry.isSymbolicLink() && (await isDirectory(join(folder, entry.name)));
    if (entry.isDirectory() || linked) directories.push(`${above}${entry.name}`);
  }
  return { directories: directories.slice(0, most), more: directories.length > most };
}

const slashed = (path: string) => (path.endsWith("/") ? path : `${path}/`);

const isDirectory = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
