import type { Language } from "./languages.ts";

export interface Asked {
  readonly id: number;
  readonly language: Language;
  readonly code: string;
}

/** Each line as pieces of text with their kind (`keyword`, `string`, …; empty for plain text). */
export type ColouredLines = readonly (readonly (readonly [text: string, kind: string])[])[];

export interface Coloured {
  readonly id: number;
  readonly lines: ColouredLines | null;
}

const longest = 30_000;
const kept = 300;

interface Known {
  readonly coming: Promise<ColouredLines | null>;
  lines?: ColouredLines | null;
}

const known = new Map<string, Known>();
const waiting = new Map<number, (lines: ColouredLines | null) => void>();
let worker: Worker | undefined;
let last = 0;

/** The code in its colours, if it was coloured before. */
export const highlighted = (language: Language, code: string): ColouredLines | null =>
  known.get(keyOf(language, code))?.lines ?? null;

/** The code in its colours; null when it stays as it is. The same code is coloured once. */
export function highlight(language: Language, code: string): Promise<ColouredLines | null> {
  if (code.length > longest) return Promise.resolve(null);
  const key = keyOf(language, code);
  const before = known.get(key);
  if (before) return before.coming;
  const entry: Known = { coming: ask(language, code) };
  void entry.coming.then((lines) => {
    entry.lines = lines;
  });
  known.set(key, entry);
  const [oldest] = known.keys();
  if (known.size > kept && oldest !== undefined) known.delete(oldest);
  return entry.coming;
}

const keyOf = (language: Language, code: string) => `${language} ${code}`;

function ask(language: Language, code: string): Promise<ColouredLines | null> {
  worker ??= start();
  const id = ++last;
  worker.postMessage({ id, language, code } satisfies Asked);
  return new Promise((resolve) => waiting.set(id, resolve));
}

/** Started with the first code block, so that the first paint needs none of it. */
function start(): Worker {
  const started = new Worker(new URL("./highlight-worker.ts", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data: { id, lines } }: MessageEvent<Coloured>) => {
    waiting.get(id)?.(lines);
    waiting.delete(id);
  });
  started.addEventListener("error", () => {
    for (const settle of waiting.values()) settle(null);
    waiting.clear();
  });
  return started;
}
