import type { KeyboardEvent } from "react";
import { showTab, type Tab, usePanel } from "../../store.ts";
import { withCommandKey } from "../command-key.ts";
import { Icon } from "../icon.tsx";

const tabs: readonly { tab: Tab; label: string }[] = [
  { tab: "conversation", label: "Conversation" },
  { tab: "terminal", label: "Terminal" },
];

/** The two views of a worker. The arrow keys change between them. */
export function Tabs({ onSearch }: { onSearch: () => void }) {
  const chosen = usePanel((panel) => panel.tab);
  return (
    <div className="tabs">
      <div className="tab-list" role="tablist" aria-label="View" onKeyDown={changeTab}>
        {tabs.map(({ tab, label }) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`tab-${tab}`}
            aria-selected={tab === chosen}
            aria-controls="tab-panel"
            tabIndex={tab === chosen ? 0 : -1}
            onClick={() => showTab(tab)}
          >
            {label}
          </button>
        ))}
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label="Search this conversation"
        title={`Search this conversation (${withCommandKey("F")})`}
        onClick={onSearch}
      >
        <Icon name="search" />
      </button>
    </div>
  );
}

function changeTab(event: KeyboardEvent<HTMLDivElement>): void {
  const tab = ({ ArrowLeft: "conversation", ArrowRight: "terminal" } as const)[event.key];
  if (!tab) return;
  showTab(tab);
  event.currentTarget.querySelector<HTMLElement>(`#tab-${tab}`)?.focus();
}
