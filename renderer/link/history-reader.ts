import type { Page } from "../../contract/message.ts";
import { firstUnsettled, joinPage, type Loaded } from "../words/pages.ts";

export interface HistoryReader {
  /** The conversation went on, or nothing is loaded yet: reads the newest part. */
  refresh(): void;
  /** Reads the page before what is loaded. */
  older(): void;
}

export interface HistoryReaderDeps {
  read(range: { from?: number; to?: number }): Promise<Page>;
  show(loaded: Loaded): void;
  failed(cause: unknown): void;
}

/** More than the newest part: who goes back goes on. */
const olderPage = 100;

/** Reads one page at a time. However often it is asked to refresh meanwhile, it does so once more. */
export function createHistoryReader({ read, show, failed }: HistoryReaderDeps): HistoryReader {
  let loaded: Loaded | undefined;
  let reading = false;
  const wanted = new Set<"newest" | "older">();

  async function work(): Promise<void> {
    if (reading) return;
    reading = true;
    try {
      for (const what of wanted) {
        wanted.delete(what);
        const range = rangeOf(what);
        if (range) loaded = joinPage(loaded, await read(range));
        if (loaded) show(loaded);
      }
    } catch (cause) {
      wanted.clear();
      failed(cause);
    } finally {
      reading = false;
    }
  }

  function rangeOf(what: "newest" | "older"): { from?: number; to?: number } | undefined {
    if (!loaded || loaded.total === 0) return what === "newest" ? {} : undefined;
    if (what === "newest") return { from: firstUnsettled(loaded) };
    return loaded.from > 0 ? { from: Math.max(0, loaded.from - olderPage), to: loaded.from } : undefined;
  }

  const want = (what: "newest" | "older") => () => {
    wanted.add(what);
    void work();
  };
  return { refresh: want("newest"), older: want("older") };
}
