import type { CustomScheme } from "electron";
import { type Page, pagePolicy } from "../page/page.ts";

/** The page's own origin; nothing else is ever loaded. */
export const pageOrigin = "app://claude-team";
export const pageUrl = `${pageOrigin}/index.html`;

export const pageScheme: CustomScheme = {
  scheme: "app",
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

/** Answers the requests of our own scheme with the page's files; everything else is 403, 404 or 405. */
export function servePageFiles(page: Page): (request: Request) => Promise<Response> {
  return async ({ method, url }) => {
    const { protocol, host, pathname } = new URL(url);
    if (method !== "GET") return refusal(405);
    if (`${protocol}//${host}` !== pageOrigin) return refusal(403);
    const file = page.file(pathname);
    if (!file) return refusal(404);
    try {
      return new Response(new Uint8Array(await file.read()), { headers: headers(file.type) });
    } catch {
      // Removed since the start, by a build: to the page it is not there.
      return refusal(404);
    }
  };
}

const headers = (type: string) => ({
  "content-type": type,
  "content-security-policy": pagePolicy([]),
  "x-content-type-options": "nosniff",
});

const refusal = (status: number) => new Response(null, { status });
