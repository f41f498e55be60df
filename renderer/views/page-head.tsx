import type { ReactNode } from "react";
import { backToList } from "./use-shortcuts.ts";

/** The top of a page: its name, in a narrow window the way back to the list, and what can be done with all of it. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="sheet-head">
      <button type="button" className="button sheet-back" onClick={backToList}>
        <span aria-hidden="true">‹</span> Workers
      </button>
      <h2 id="page-name">{title}</h2>
      {children && <div className="actions">{children}</div>}
    </header>
  );
}
