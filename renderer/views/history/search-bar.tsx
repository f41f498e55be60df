import { type KeyboardEvent, useRef } from "react";
import { Icon } from "../icon.tsx";
import type { Search } from "./use-search.ts";

interface SearchBarProps {
  readonly search: Search;
  /** Earlier messages are not loaded yet. */
  readonly more: boolean;
  readonly onClose: () => void;
}

/** Search within the conversation. Enter goes to the match before, Shift-Enter to the one after; Esc leaves. */
export function SearchBar({ search, more, onClose }: SearchBarProps) {
  const { words, found, current, reaching, seek, step, reach } = search;
  const field = useRef<HTMLInputElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter") step(event.shiftKey ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  /** The button goes away with the last page, and must not take the focus with it. */
  function reachAll(): void {
    reach(!reaching);
    field.current?.focus();
  }

  return (
    <search className="search-bar">
      <input
        ref={field}
        type="text"
        aria-label="Search this conversation"
        placeholder="Search this conversation"
        value={words}
        spellCheck={false}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: it appears where the person has just asked for it
        autoFocus
        onChange={(event) => seek(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className="search-count quiet" role="status">
        {words && place(found, current)}
      </span>
      <button type="button" className="icon-button up" aria-label="Earlier match" onClick={() => step(-1)}>
        <Icon name="next" />
      </button>
      <button type="button" className="icon-button" aria-label="Later match" onClick={() => step(1)}>
        <Icon name="next" />
      </button>
      <button type="button" className="icon-button" aria-label="Close the search" onClick={onClose}>
        <Icon name="cross" />
      </button>
      {words && more && (
        <button type="button" className="button plain" onClick={reachAll}>
          {reaching ? "Searching earlier messages… Stop" : "Search earlier messages too"}
        </button>
      )}
    </search>
  );
}

function place(found: readonly number[], current: number | undefined): string {
  if (found.length === 0) return "Not found";
  const at = current === undefined ? -1 : found.indexOf(current);
  return at < 0 ? `${found.length} found` : `${at + 1} of ${found.length}`;
}
