import { readdir, readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { commonHeaders } from "./answer.ts";

/** The panel's static files. Only files that were there at the start are served, so no path can lead out of the folder. */
export interface Panel {
  has(path: string): boolean;
  serve(res: ServerResponse, path: string, port: number): Promise<void>;
}

/** Looks once at `dir`; a folder that is not there (nothing built yet) gives a panel without files. */
export async function openPanel(dir: string): Promise<Panel> {
  const files = new Map((await filesIn(dir)).map((file) => [`/${file}`, join(dir, file)]));
  const index = files.get("/index.html");
  if (index !== undefined) files.set("/", index);

  async function serve(res: ServerResponse, path: string, port: number): Promise<void> {
    const file = files.get(path);
    if (file === undefined) throw new Error(`the panel has no ${path}`);
    const content = await readFile(file);
    res.writeHead(200, { ...headersFor(file, port), "content-length": content.length });
    res.end(content);
  }

  return { has: (path) => files.has(path), serve };
}

/** Paths below `dir` with `/` between; symbolic links are left out. */
async function filesIn(dir: string, prefix = ""): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return [];
    throw cause;
  });
  const nested = entries.map(async (entry) => {
    if (entry.isDirectory()) return filesIn(join(dir, entry.name), `${prefix}${entry.name}/`);
    return entry.isFile() ? [`${prefix}${entry.name}`] : [];
  });
  return (await Promise.all(nested)).flat();
}

function headersFor(file: string, port: number): Record<string, string> {
  const hashed = /-[\w-]{8}\.\w+$/.test(file);
  const caching = extname(file) === ".html" ? "no-store" : hashed ? "public, max-age=31536000, immutable" : "no-cache";
  return {
    "content-type": types[extname(file)] ?? "application/octet-stream",
    "cache-control": caching,
    "content-security-policy": policy(port),
    "cross-origin-opener-policy": "same-origin",
    ...commonHeaders,
  };
}

function policy(port: number): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
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
