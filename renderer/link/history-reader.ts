import type { Page } from "../../contract/message.ts";
import { firstUnsettled, joinPage, type Loaded } from "../words/pages.ts";

export interface HistoryReader {
  /** The conversation went on, or nothing is loaded yet: reads the newest part. */
  refresh(): void;
  /** Reads the page before what is loaded. Once that has failed it waits for `again`, since drawing the failure asks anew. */
  older(): void;
  /** Reads once more what could not be read. */
  again(): void;
}

/** What of a conversation was read so far. */
export interface Reading {
  readonly loaded: Loaded | undefined;
  /** Why a part of it could not be read. */
  readonly failure: unknown;
  /** Nothing older is read until `again`. */
  readonly stopped: boolean;
}

type Range = { from?: number; to?: number };
type Part = "newest" | "older";

/** More than the newest part: who goes back goes on. */
const olderPage = 100;

/** Reads one page at a time. However often it is asked to refresh meanwhile, it does so once more. */
export function createHistoryReader(
  read: (range: Range) => Promise<Page>,
  show: (reading: Reading) => void,
): HistoryReader {
  let loaded: Loaded | undefined;
  let reading = false;
  const wanted = new Set<Part>();
  const failures = new Map<Part, unknown>();

  async function work(): Promise<void> {
    if (reading) return;
    reading = true;
    for (const part of wanted) {
      wanted.delete(part);
      await readPart(part);
      tell();
    }
    reading = false;
  }

  async function readPart(part: Part): Promise<void> {
    try {
      const range = rangeOf(part);
      if (range) loaded = joinPage(loaded, await read(range));
      failures.delete(part);
    } catch (cause) {
      failures.set(part, cause);
      wanted.delete(part);
    }
  }

  function rangeOf(part: Part): Range | undefined {
    if (!loaded || loaded.total === 0) return part === "newest" ? {} : undefined;
    if (part === "newest") return { from: firstUnsettled(loaded) };
    return loaded.from > 0 ? { from: Math.max(0, loaded.from - olderPage), to: loaded.from } : undefined;
  }

  let shown: Reading | undefined;
  /** Shows nothing twice: each showing draws the conversation. */
  function tell(): void {
    const failure = failures.get("newest") ?? failures.get("older");
    const stopped = failures.has("older");
    if (shown && shown.loaded === loaded && shown.failure === failure && shown.stopped === stopped) return;
    shown = { loaded, failure, stopped };
    show(shown);
  }

  function want(part: Part): void {
    wanted.add(part);
    void work();
  }

  function older(): void {
    if (!failures.has("older")) want("older");
  }

  function again(): void {
    if (failures.size === 0) return;
    const parts = [...failures.keys()];
    failures.clear();
    tell();
    for (const part of parts) want(part);
  }

  return { refresh: () => want("newest"), older, again };
}
