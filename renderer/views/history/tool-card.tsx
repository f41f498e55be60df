import type { ToolCall } from "../../../contract/message.ts";

const states: Record<ToolCall["state"], { sign: string; word: string }> = {
  running: { sign: "…", word: "running" },
  done: { sign: "✓", word: "done" },
  failed: { sign: "✕", word: "failed" },
  denied: { sign: "⊘", word: "denied" },
};

/** A tool call on one line; open, what went in and what came out. */
export function ToolCard({ tool: { name, title, input, result, state } }: { tool: ToolCall }) {
  const { sign, word } = states[state];
  return (
    <details className={`tool tool-${state}`}>
      <summary>
        <span className="tool-sign" aria-hidden="true">
          {sign}
        </span>
        <span className="tool-name">{name}</span>
        <code className="tool-title">{title}</code>
        <span className="unseen">{word}</span>
      </summary>
      <pre>{input}</pre>
      {result !== null && <pre className="tool-result">{result || "(nothing)"}</pre>}
    </details>
  );
}
