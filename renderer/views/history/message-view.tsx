import { memo } from "react";
import type { Message } from "../../../contract/message.ts";
import { MarkdownText } from "./markdown-text.tsx";
import { ToolCard } from "./tool-card.tsx";

const speakers: Record<Message["from"], string> = {
  human: "Prompt",
  session: "Another session",
  background: "Background task",
  command: "Command",
  claude: "Claude",
};

const notices: Record<NonNullable<Message["notice"]>, string> = {
  clear: "The conversation was cleared here",
  compact: "The conversation was compacted here",
  interrupted: "Interrupted",
  command: "Command",
  other: "Note",
};

interface MessageProps {
  readonly message: Message;
  /** The same speaker goes on. */
  readonly continued: boolean;
}

/** One utterance. A message that is read again unchanged is not drawn again. */
export const MessageView = memo(
  function MessageView({ message, continued }: MessageProps) {
    if (message.role === "notice") return <Notice message={message} />;
    return message.role === "user" ? <Prompt message={message} /> : <Said message={message} continued={continued} />;
  },
  (before, after) => JSON.stringify(before) === JSON.stringify(after),
);

function Notice({ message: { notice, text } }: { message: Message }) {
  const kind = notice ?? "other";
  const more = kind === "command" || kind === "other" ? text : "";
  return (
    <div className={`notice notice-${kind}`}>
      <p>{notices[kind]}</p>
      {more && <pre>{more}</pre>}
    </div>
  );
}

function Prompt({ message }: { message: Message }) {
  return (
    <article className="message prompt">
      <Head who={speakers[message.from]} at={message.at} />
      <div className="prompt-text">{message.text}</div>
    </article>
  );
}

function Said({ message: { at, text, thinking, tools, problem }, continued }: MessageProps) {
  return (
    <article className={continued ? "message said continued" : "message said"}>
      {!continued && <Head who="Claude" at={at} />}
      {thinking && (
        <details className="thinking">
          <summary>Thinking</summary>
          <div className="prompt-text">{thinking}</div>
        </details>
      )}
      {text && text !== problem?.text && <MarkdownText text={text} />}
      {tools.map((tool) => (
        <ToolCard key={tool.id} tool={tool} />
      ))}
      {problem && <p className="failure">{problem.text}</p>}
    </article>
  );
}

function Head({ who, at }: { who: string; at: number }) {
  const moment = new Date(at);
  return (
    <p className="message-head">
      {who} <time dateTime={moment.toISOString()}>{moment.toLocaleTimeString([], { timeStyle: "short" })}</time>
    </p>
  );
}
