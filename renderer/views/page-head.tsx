import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import { backToList } from "./use-shortcuts.ts";

/** The top of a page: its name, in a narrow window the way back to the list, and what can be done with all of it. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="sheet-head">
      <button type="button" className="button plain sheet-back" onClick={backToList}>
        <Icon name="back" /> Workers
      </button>
      <h2 id="page-name">{title}</h2>
      {children && <div className="actions">{children}</div>}
    </header>
  );
}
