import { useEffect, useMemo, useState } from "react";
import { createFinder, nextMatch } from "../../words/search.ts";
import type { ReadHistory } from "./use-history.ts";

export interface Search {
  readonly words: string;
  readonly found: readonly number[];
  readonly current: number | undefined;
  /** Goes back through all earlier messages, page by page, while this is true; a page that cannot be read ends it. */
  readonly reaching: boolean;
  seek(words: string): void;
  step(by: 1 | -1): void;
  reach(on: boolean): void;
}

/** Looks for words in what is loaded of a conversation, and on request in all of it. */
export function useSearch({ loaded, stopped, older, again }: ReadHistory, show: (seq: number) => void): Search {
  const [words, setWords] = useState("");
  const [current, setCurrent] = useState<number>();
  const [reaching, setReaching] = useState(false);
  const [find] = useState(createFinder);
  const found = useMemo(() => (loaded ? find(loaded.messages, words) : []), [find, loaded, words]);

  useEffect(() => {
    if (!reaching || !loaded) return;
    if (loaded.from > 0 && !stopped) older();
    else setReaching(false);
  }, [reaching, loaded, stopped, older]);

  function go(seq: number | undefined): void {
    setCurrent(seq);
    if (seq !== undefined) show(seq);
  }

  function seek(fresh: string): void {
    setWords(fresh);
    if (!loaded) return;
    const matches = find(loaded.messages, fresh);
    go(current !== undefined && matches.includes(current) ? current : matches.at(-1));
  }

  function reach(on: boolean): void {
    setReaching(on);
    if (on) again();
  }

  const step = (by: 1 | -1) => go(nextMatch(found, current, by));
  return { words, found, current, reaching, seek, step, reach };
}
