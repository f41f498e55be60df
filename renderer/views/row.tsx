import { memo } from "react";
import type { Worker } from "../../contract/worker.ts";
import { select } from "../store.ts";
import { age } from "../words/age.ts";
import { sentence } from "../words/sentence.ts";
import { Glyph } from "./glyph.tsx";

interface RowProps {
  readonly worker: Worker;
  readonly now: number;
  readonly selected: boolean;
  /** Whether Tab stops here; the arrow keys reach the others. */
  readonly reachable: boolean;
}

/** A worker on two lines: who and since when; the one sentence that matters now. */
export const Row = memo(function Row({ worker, now, selected, reachable }: RowProps) {
  const { id, name, phase, unread, branch, since } = worker;
  return (
    <li>
      <button
        type="button"
        className="row"
        data-worker={id}
        aria-current={selected ? "page" : undefined}
        tabIndex={reachable ? 0 : -1}
        onClick={() => select(id)}
      >
        <Glyph phase={phase} unread={unread} />
        <span className="row-name">{name}</span>
        {branch && <span className="row-branch">{branch}</span>}
        <span className="row-age">{age(since, now)}</span>
        <span className={worker.problem ? "row-sentence row-problem" : "row-sentence"}>{sentence(worker)}</span>
      </button>
    </li>
  );
});
