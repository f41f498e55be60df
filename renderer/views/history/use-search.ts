import { useEffect, useMemo, useState } from "react";
import type { Loaded } from "../../words/pages.ts";
import { createFinder, nextMatch } from "../../words/search.ts";

export interface Search {
  readonly words: string;
  readonly found: readonly number[];
  readonly current: number | undefined;
  /** Goes back through all earlier messages, page by page, while this is true. */
  readonly reaching: boolean;
  seek(words: string): void;
  step(by: 1 | -1): void;
  reach(on: boolean): void;
}

/** Looks for words in what is loaded of a conversation, and on request in all of it. */
export function useSearch(loaded: Loaded | undefined, older: () => void, show: (seq: number) => void): Search {
  const [words, setWords] = useState("");
  const [current, setCurrent] = useState<number>();
  const [reaching, setReaching] = useState(false);
  const [find] = useState(createFinder);
  const found = useMemo(() => (loaded ? find(loaded.messages, words) : []), [find, loaded, words]);

  useEffect(() => {
    if (!reaching || !loaded) return;
    if (loaded.from > 0) older();
    else setReaching(false);
  }, [reaching, loaded, older]);

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

  const step = (by: 1 | -1) => go(nextMatch(found, current, by));
  return { words, found, current, reaching, seek, step, reach: setReaching };
}
