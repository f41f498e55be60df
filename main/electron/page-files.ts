import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { CustomScheme } from "electron";

/** The page's own origin; nothing else is ever loaded. */
export const pageOrigin = "app://claude-team";
export const pageUrl = `${pageOrigin}/index.html`;

export const pageScheme: CustomScheme = {
  scheme: "app",
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** Names of letters, digits, `-`, `_` and inner dots: no path made of them leaves the folder. */
const plainPath = /^(\/[\w-]+)*\/[\w-][\w.-]*$/;

/** Answers the page's requests with files below `dir`; everything else is 403, 404 or 405. */
export function servePageFiles(dir: string): (request: Request) => Promise<Response> {
  return async ({ method, url }) => {
    const { protocol, host, pathname } = new URL(url);
    if (method !== "GET") return refusal(405);
    const type = types[extname(pathname)];
    if (`${protocol}//${host}` !== pageOrigin || !plainPath.test(pathname) || !type) return refusal(403);
    try {
      return new Response(new Uint8Array(await readFile(join(dir, pathname))), { headers: headers(type) });
    } catch {
      // Not there, a folder, or not readable: to the page it is all the same.
      return refusal(404);
    }
  };
}

const headers = (type: string) => ({
  "content-type": type,
  "content-security-policy": policy,
  "x-content-type-options": "nosniff",
});

const refusal = (status: number) => new Response(null, { status });
