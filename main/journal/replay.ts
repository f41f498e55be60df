import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { TeamError } from "../../contract/error.ts";
import { createOnce, writeAtomic } from "../home/atomic.ts";
import type { Fact } from "./fact.ts";
import { factsOf, fold } from "./fold.ts";
import { readFacts, writeFact } from "./lines.ts";

export interface Replayed {
  readonly facts: readonly Fact[];
  readonly problem: string | null;
  /** The file could not be put in order: it may end within a line. */
  readonly torn: boolean;
}

/** Reads a journal, puts aside what cannot be read, and leaves it short and whole. Throws STORAGE_FAILED when it cannot be read at all. */
export async function replay(path: string, now: () => number): Promise<Replayed> {
  const bytes = await readWhole(path);
  const { facts, bad } = readFacts(bytes);
  try {
    const problem = bad.length > 0 ? await putAside(path, bad, now) : null;
    const text = compactText(facts);
    if (!bytes.equals(Buffer.from(text))) await writeAtomic(path, text);
    return { facts, problem, torn: false };
  } catch (cause) {
    return { facts, problem: `${path} could not be put in order: ${(cause as Error).message}`, torn: true };
  }
}

/** Rewrites a journal as the fewest facts that say the same. Returns its new size in bytes. */
export async function compactFile(path: string): Promise<number> {
  const text = compactText(readFacts(await readWhole(path)).facts);
  await writeAtomic(path, text);
  return Buffer.byteLength(text);
}

async function readWhole(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return Buffer.alloc(0);
    throw new TeamError("STORAGE_FAILED", `${path} cannot be read: ${message}`, { cause });
  }
}

const compactText = (facts: readonly Fact[]) => factsOf(fold(facts)).map(writeFact).join("");

async function putAside(path: string, bad: readonly Buffer[], now: () => number): Promise<string> {
  const time = new Date(now()).toISOString().replaceAll(/[:.]/g, "-");
  const aside = join(dirname(path), `${basename(path, ".jsonl")}.bad-${time}`);
  await createOnce(aside, Buffer.concat(bad.flatMap((line) => [line, Buffer.from("\n")])));
  const lines = bad.length === 1 ? "1 line" : `${bad.length} lines`;
  return `${lines} of ${path} could not be read and stand in ${aside} now; everything else was used`;
}
