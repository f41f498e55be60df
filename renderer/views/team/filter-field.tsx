import type { KeyboardEvent } from "react";
import { groupBy, narrowTo, usePanel } from "../../store.ts";
import { Icon } from "../icon.tsx";
import { backToList } from "../use-shortcuts.ts";

/** Narrows the list as it is typed; Esc clears it, and leaves it when it is clear. Beside it, how the list is grouped. */
export function FilterField() {
  const filter = usePanel((panel) => panel.filter);
  return (
    <div className="filter">
      <label className="filter-field">
        <Icon name="search" />
        <span className="unseen">Filter workers</span>
        <input
          type="search"
          value={filter}
          placeholder="Filter: text, s:asking, repo:name"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => narrowTo(event.target.value)}
          onKeyDown={keys}
        />
        {!filter && (
          <span className="key" aria-hidden="true">
            /
          </span>
        )}
      </label>
      <Grouping />
    </div>
  );
}

function keys(event: KeyboardEvent<HTMLInputElement>): void {
  const { key, currentTarget, nativeEvent } = event;
  if (nativeEvent.isComposing) return;
  if (key === "Escape" && currentTarget.value) narrowTo("");
  else if (key === "ArrowDown" || key === "Enter") backToList();
  else return;
  event.preventDefault();
}

function Grouping() {
  const byRepo = usePanel((panel) => panel.groupBy === "repo");
  return (
    <button
      type="button"
      className="icon-button"
      aria-label="Group by repository"
      aria-pressed={byRepo}
      title="Group by repository (G)"
      onClick={() => groupBy(byRepo ? "state" : "repo")}
    >
      <Icon name="repo" />
    </button>
  );
}
