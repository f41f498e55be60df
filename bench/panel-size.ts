import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { atMost, type Row } from "./row.ts";

/** What the page may weigh before it shows anything. */
export const mostKb = 165;

/** `panel.size`: kB of everything the built page loads at first, compressed. */
export async function measurePanelSize(): Promise<Row[]> {
  const parts = firstLoad(join(import.meta.dirname, "../dist/renderer"));
  const note = parts.map(({ path, kb }) => `${path} ${kb.toFixed(1)}`).join(", ");
  return [atMost("panel.size", sizeOf(parts), mostKb, `kB compressed: ${note}`)];
}

interface Part {
  readonly path: string;
  readonly kb: number;
}

/** The page's own file and all that it names, with their compressed sizes. */
export function firstLoad(folder: string): Part[] {
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const named = [...page.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, path]) => path ?? "");
  return ["index.html", ...named].map((path) => ({
    path,
    kb: gzipSync(readFileSync(join(folder, path))).length / 1000,
  }));
}

export const sizeOf = (parts: readonly Part[]): number => parts.reduce((all, { kb }) => all + kb, 0);
