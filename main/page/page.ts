import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

/** The built page, as the app and the browser both get it. */
export interface Page {
  /** The file that a URL's path names; `/` is index.html. Only what was there at the start: no path leads out of the folder. */
  file(path: string): PageFile | undefined;
}

export interface PageFile {
  /** Its content type. */
  readonly type: string;
  /** How long it may be kept: a name with a hash never changes, the document that names it always may. */
  readonly keep: "never" | "checked" | "ever";
  read(): Promise<Buffer>;
}

/** Looks once at `dir`; a folder that is not there (nothing built yet) is a page without files. */
export async function openPage(dir: string): Promise<Page> {
  const files = new Map((await filesIn(dir)).map((file) => [`/${file}`, pageFile(join(dir, file))]));
  const index = files.get("/index.html");
  if (index) files.set("/", index);
  return { file: (path) => files.get(path) };
}

/** What the page may load and whom it may call: itself, and `connect` (CSP sources). */
export function pagePolicy(connect: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    ...(connect.length > 0 ? [`connect-src ${connect.join(" ")}`] : []),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Paths below `dir` with `/` between. Symbolic links and hidden files are left out. */
async function filesIn(dir: string, prefix = ""): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return [];
    throw cause;
  });
  const nested = entries.map(async (entry) => {
    if (entry.name.startsWith(".")) return [];
    if (entry.isDirectory()) return filesIn(join(dir, entry.name), `${prefix}${entry.name}/`);
    return entry.isFile() ? [`${prefix}${entry.name}`] : [];
  });
  return (await Promise.all(nested)).flat();
}

function pageFile(path: string): PageFile {
  const extension = extname(path);
  const hashed = /-[\w-]{8}\.\w+$/.test(path);
  return {
    type: types[extension] ?? "application/octet-stream",
    keep: extension === ".html" ? "never" : hashed ? "ever" : "checked",
    read: () => readFile(path),
  };
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};
