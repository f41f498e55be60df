import { Fragment, memo, useState } from "react";
import type { Change } from "../../words/changes.ts";
import { type DiffLine, folded, lineDiff } from "../../words/diff.ts";
import { exact } from "../../words/plain.ts";
import { LongText } from "./long-text.tsx";

const mostLines = 400;

interface DiffProps {
  readonly change: Change;
  /** No change is left out, however many there are: a person decides on it. */
  readonly whole?: boolean;
}

/** A change of a file, line by line. */
export const DiffView = memo(function DiffView({ change, whole = false }: DiffProps) {
  const [all, setAll] = useState(false);
  const lines = lineDiff(exact(change.before), exact(change.after));
  const wanted = all ? lines : folded(lines);
  const shown = all || whole ? wanted : wanted.slice(0, mostLines);
  const more = wanted.length - shown.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long change must be scrolled by keyboard too
    <section className="diff" aria-label={`Change of ${exact(change.path)}`} tabIndex={0}>
      <div className="diff-lines">
        {shown.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
          <Fragment key={place}>
            {"left" in line ? <GapLine count={line.left} onOpen={() => setAll(true)} /> : <Line line={line} />}
          </Fragment>
        ))}
        {more > 0 && <GapLine count={more} onOpen={() => setAll(true)} />}
        {change.cut && <p className="diff-gap">The rest is not shown here: it was too long.</p>}
      </div>
    </section>
  );
});

const kinds = { "+": "diff-added", "-": "diff-removed", " ": "diff-same" };
const spoken = { "+": "added: ", "-": "removed: ", " ": "" };

function Line({ line: { sign, text } }: { line: DiffLine }) {
  return (
    <div className={`diff-line ${kinds[sign]}`}>
      <span className="diff-sign" aria-hidden="true">
        {sign}
      </span>
      {sign !== " " && <span className="unseen">{spoken[sign]}</span>}
      <code>
        <LongText text={text} />
      </code>
    </div>
  );
}

function GapLine({ count, onOpen }: { count: number; onOpen: () => void }) {
  return (
    <button type="button" className="diff-gap" onClick={onOpen}>
      {count} {count === 1 ? "line" : "lines"} not shown
    </button>
  );
}
