import { memo } from "react";
import type { ToolCall } from "../../../contract/message.ts";
import { type Change, changesOf, inputOf } from "../../words/changes.ts";
import { diffSize, lineDiff } from "../../words/diff.ts";
import { plain } from "../../words/plain.ts";
import { inTool } from "../../words/search.ts";
import { CodeBlock } from "./code-block.tsx";
import { DiffView } from "./diff-view.tsx";
import { LongText } from "./long-text.tsx";
import { useOpened } from "./opened.ts";

const states: Record<ToolCall["state"], { sign: string; word: string }> = {
  running: { sign: "…", word: "running" },
  done: { sign: "✓", word: "done" },
  failed: { sign: "✕", word: "failed" },
  denied: { sign: "⊘", word: "denied" },
};

/** A tool call on one line; open, what went in and what came out. `sought`: words that are looked for here. */
export const ToolCard = memo(function ToolCard({ tool, sought }: { tool: ToolCall; sought: string }) {
  const { open, onToggle } = useOpened(tool.id, inTool(tool, sought));
  const { sign, word } = states[tool.state];
  const changes = changesOf(tool);
  return (
    <details className={`tool tool-${tool.state}`} open={open} onToggle={onToggle}>
      <summary>
        <span className="tool-sign" aria-hidden="true">
          {sign}
        </span>
        <span className="tool-name">{plain(tool.name)}</span>
        <code className="tool-title">{plain(tool.title)}</code>
        {changes && <Size changes={changes} />}
        <span className="unseen">{word}</span>
      </summary>
      {open && <Body tool={tool} changes={changes} />}
    </details>
  );
});

function Size({ changes }: { changes: readonly Change[] }) {
  const lines = changes.flatMap(({ before, after }) => lineDiff(before, after));
  const { added, removed } = diffSize(lines);
  const more = changes.some(({ cut }) => cut) ? "+" : "";
  return (
    <span className="tool-size">
      {added > 0 && (
        <span className="size-added">
          +{added}
          {more}
        </span>
      )}{" "}
      {removed > 0 && <span className="size-removed">−{removed}</span>}
    </span>
  );
}

function Body({ tool, changes }: { tool: ToolCall; changes: readonly Change[] | undefined }) {
  return (
    <div className="tool-body">
      {changes ? (
        changes.map((change, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the changes of one call have no identity but their place
          <DiffView key={place} change={change} />
        ))
      ) : (
        <CodeBlock {...inputOf(tool)} />
      )}
      {tool.result !== null && <Result text={tool.result} />}
    </div>
  );
}

function Result({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long result must be scrolled by keyboard too
    <pre className="tool-result" tabIndex={0}>
      {text ? <LongText text={plain(text)} /> : "(nothing)"}
    </pre>
  );
}
