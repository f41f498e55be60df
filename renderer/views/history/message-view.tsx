import { memo } from "react";
import type { Message } from "../../../contract/message.ts";
import { plain } from "../../words/plain.ts";
import { inText } from "../../words/search.ts";
import { CopyButton } from "./copy-button.tsx";
import { LongText } from "./long-text.tsx";
import { MarkdownText } from "./markdown-text.tsx";
import { useOpened } from "./opened.ts";
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
  /** The first that came since the person looked last. */
  readonly fresh: boolean;
  /** Words that are looked for in it: what is folded opens where they stand. */
  readonly sought: string;
}

/** One utterance. A message that is read again unchanged is not drawn again. */
export const MessageView = memo(
  function MessageView({ message, continued, fresh, sought }: MessageProps) {
    return (
      <div className={`utterance${continued ? " continued" : ""}${sought ? " sought" : ""}`} data-seq={message.seq}>
        {fresh && <p className="since">New since you looked</p>}
        <Body message={message} continued={continued && !fresh} sought={sought} />
      </div>
    );
  },
  (before, after) =>
    before.continued === after.continued &&
    before.fresh === after.fresh &&
    before.sought === after.sought &&
    (before.message === after.message || JSON.stringify(before.message) === JSON.stringify(after.message)),
);

function Body({ message, continued, sought }: Omit<MessageProps, "fresh">) {
  if (message.role === "notice") return <Notice message={message} sought={sought} />;
  if (message.role === "user") return <Prompt message={message} />;
  return <Said message={message} continued={continued} sought={sought} />;
}

function Notice({ message: { seq, notice, text }, sought }: { message: Message; sought: string }) {
  const kind = notice ?? "other";
  const { open, onToggle } = useOpened(`notice ${seq}`, inText(text, sought));
  const more = kind === "command" || kind === "other" ? text : "";
  return (
    <div className={`notice notice-${kind}`}>
      <p>{notices[kind]}</p>
      {more && (
        <pre>
          <LongText text={plain(more)} />
        </pre>
      )}
      {kind === "compact" && text && (
        <details open={open} onToggle={onToggle}>
          <summary>Its summary</summary>
          {open && <MarkdownText text={text} />}
        </details>
      )}
    </div>
  );
}

function Prompt({ message: { from, at, text } }: { message: Message }) {
  return (
    <article className="message prompt">
      <Head who={speakers[from]} at={at} />
      <div className="prompt-text">
        <LongText text={plain(text)} />
      </div>
      <CopyButton text={text} label="Copy message" />
    </article>
  );
}

function Said({ message, continued, sought }: Omit<MessageProps, "fresh">) {
  const { seq, at, text, thinking, tools, problem } = message;
  return (
    <article className="message said">
      {!continued && <Head who="Claude" at={at} />}
      {thinking && <Thinking seq={seq} text={thinking} sought={sought} />}
      {text && text !== problem?.text && <MarkdownText text={text} />}
      {tools.map((tool) => (
        <ToolCard key={tool.id} tool={tool} sought={sought} />
      ))}
      {problem && <p className="failure">{plain(problem.text)}</p>}
      {text && <CopyButton text={text} label="Copy message" />}
    </article>
  );
}

function Thinking({ seq, text, sought }: { seq: number; text: string; sought: string }) {
  const { open, onToggle } = useOpened(`thinking ${seq}`, inText(text, sought));
  return (
    <details className="thinking" open={open} onToggle={onToggle}>
      <summary>Thinking</summary>
      {open && (
        <div className="prompt-text">
          <LongText text={plain(text)} />
        </div>
      )}
    </details>
  );
}

/** Made once: making one takes longer than drawing a message. */
const clock = new Intl.DateTimeFormat([], { timeStyle: "short" });

function Head({ who, at }: { who: string; at: number }) {
  const moment = new Date(at);
  return (
    <p className="message-head">
      {who} <time dateTime={moment.toISOString()}>{clock.format(moment)}</time>
    </p>
  );
}
