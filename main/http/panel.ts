import type { ServerResponse } from "node:http";
import { openPage, type PageFile, pagePolicy } from "../page/page.ts";
import { commonHeaders } from "./answer.ts";

/** The panel's static files, which need no token. */
export interface Panel {
  has(path: string): boolean;
  serve(res: ServerResponse, path: string, port: number): Promise<void>;
}

/** Looks once at `dir`; a folder that is not there (nothing built yet) gives a panel without files. */
export async function openPanel(dir: string): Promise<Panel> {
  const page = await openPage(dir);

  async function serve(res: ServerResponse, path: string, port: number): Promise<void> {
    const file = page.file(path);
    if (file === undefined) throw new Error(`the panel has no ${path}`);
    const content = await file.read();
    res.writeHead(200, { ...headersFor(file, port), "content-length": content.length });
    res.end(content);
  }

  return { has: (path) => page.file(path) !== undefined, serve };
}

const caching = { never: "no-store", checked: "no-cache", ever: "public, max-age=31536000, immutable" };

const headersFor = ({ type, keep }: PageFile, port: number): Record<string, string> => ({
  "content-type": type,
  "cache-control": caching[keep],
  "content-security-policy": pagePolicy(["'self'", `ws://127.0.0.1:${port}`, `ws://localhost:${port}`]),
  "cross-origin-opener-policy": "same-origin",
  ...commonHeaders,
});
