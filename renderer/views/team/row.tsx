import { memo } from "react";
import type { Worker } from "../../../contract/worker.ts";
import { select } from "../../store.ts";
import { age } from "../../words/age.ts";
import { fullness } from "../../words/fullness.ts";
import { plain } from "../../words/plain.ts";
import { waitingCount } from "../../words/receipts.ts";
import { sentence } from "../../words/sentence.ts";
import { Glyph } from "../glyph.tsx";
import { Icon } from "../icon.tsx";
import { Peek } from "./peek.tsx";

interface RowProps {
  readonly worker: Worker;
  readonly now: number;
  readonly selected: boolean;
  /** Whether Tab stops here; the arrow keys reach the others. */
  readonly reachable: boolean;
  /** Its newest words and its screen stand below it. */
  readonly peeked: boolean;
}

/** A worker on two lines: who and since when; the one sentence that matters now. */
export const Row = memo(function Row({ worker, now, selected, reachable, peeked }: RowProps) {
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
        <span className="row-head">
          <bdi className="row-name">{plain(name)}</bdi>
          {branch && <bdi className="row-branch">{plain(branch)}</bdi>}
        </span>
        <span className="row-age">{age(since, now)}</span>
        <span className={worker.problem ? "row-sentence row-problem" : "row-sentence"}>{plain(sentence(worker))}</span>
        <Marks worker={worker} />
      </button>
      {peeked && <Peek worker={worker} />}
    </li>
  );
});

/** Messages that wait for it, and how full its context is. */
function Marks({ worker }: { worker: Worker }) {
  const waiting = waitingCount(worker.receipts);
  const full = worker.phase.is === "gone" ? undefined : fullness(worker.context);
  return (
    <span className="row-marks">
      {waiting > 0 && (
        <span className="row-waiting" title={`${waiting} waiting to be sent`}>
          <Icon name="queue" />
          {waiting}
          <span className="unseen"> waiting to be sent</span>
        </span>
      )}
      {full && (
        <span className={full.high ? "meter meter-high" : "meter"} title={full.words}>
          <svg viewBox="0 0 20 4" width="20" height="4" aria-hidden="true">
            <rect className="meter-all" width="20" height="4" rx="2" />
            <rect className="meter-used" width={Math.max(2, 20 * full.share)} height="4" rx="2" />
          </svg>
          {full.high && <span aria-hidden="true">{full.percent}</span>}
          <span className="unseen">{full.words}</span>
        </span>
      )}
    </span>
  );
}
