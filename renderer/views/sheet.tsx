import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import { useTakeFocus } from "./take-focus.ts";
import { backToList } from "./use-shortcuts.ts";

interface SheetProps {
  readonly title: string;
  /** What can be done with all of it. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page beside the list; in a narrow window in its place, with the way back to it. */
export function Sheet({ title, actions, children }: SheetProps) {
  const page = useTakeFocus();
  return (
    <article className="sheet" aria-labelledby="page-name" tabIndex={-1} ref={page}>
      <header className="sheet-head">
        <button type="button" className="button plain sheet-back" onClick={backToList}>
          <Icon name="back" /> Workers
        </button>
        <h2 id="page-name">{title}</h2>
        {actions && <div className="actions">{actions}</div>}
      </header>
      {children}
    </article>
  );
}
