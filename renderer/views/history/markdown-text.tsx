import { Component, isValidElement, memo, type ReactNode, useState } from "react";
import Markdown, { type Components } from "react-markdown";
import { hostBeside, tooTangled } from "../../words/markdown.ts";
import { plain } from "../../words/plain.ts";
import { tableParts } from "../../words/tables.ts";
import { CodeBlock } from "./code-block.tsx";
import { LongText } from "./long-text.tsx";

/** What is shown of a long text until more of it is asked for; what is longer still is not read as Markdown. */
const first = 20_000;
const longest = 100_000;

/** Claude's words as Markdown. No HTML in them is ever taken as such, and nothing is fetched: an image stays its words. */
export const MarkdownText = memo(function MarkdownText({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  const words = plain(text);
  if (tooTangled(words) || (all && words.length > longest)) return <AsIs text={words} />;
  return (
    <div className="markdown">
      <Guard fallback={<AsIs text={words} />}>
        <Parts text={all ? words : words.slice(0, first)} />
      </Guard>
      {!all && words.length > first && (
        <button type="button" className="button plain more-text" onClick={() => setAll(true)}>
          Show all ({Math.ceil(words.length / 1000)} thousand characters)
        </button>
      )}
    </div>
  );
});

function AsIs({ text }: { text: string }) {
  return (
    <div className="prompt-text">
      <LongText text={text} />
    </div>
  );
}

/** Whatever Markdown cannot cope with is shown as it was written. A class, since React catches errors in nothing else. */
class Guard extends Component<{ fallback: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError = () => ({ failed: true });
  override render() {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}

function Parts({ text }: { text: string }) {
  return tableParts(text).map((part, place) =>
    typeof part === "string" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
      <Markdown key={place} components={components}>
        {part}
      </Markdown>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
      <Table key={place} rows={part} />
    ),
  );
}

/** Rows shown of a table until all are asked for. */
const firstRows = 100;

function Table({ rows: [head = [], ...body] }: { rows: readonly (readonly string[])[] }) {
  const [all, setAll] = useState(body.length <= firstRows);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must be scrolled by keyboard too
    <section className="wide-table" aria-label="Table" tabIndex={0}>
      <table>
        <thead>
          <tr>{inCells("th", head)}</tr>
        </thead>
        <tbody>
          {(all ? body : body.slice(0, firstRows)).map((cells, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <tr key={place}>{inCells("td", cells)}</tr>
          ))}
        </tbody>
      </table>
      {!all && (
        <button type="button" className="button plain more-text" onClick={() => setAll(true)}>
          Show all {body.length} rows
        </button>
      )}
    </section>
  );
}

const inCells = (Cell: "th" | "td", texts: readonly string[]) =>
  texts.map((text, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity but their place
    <Cell key={place}>
      <Markdown components={inline}>{text}</Markdown>
    </Cell>
  ));

const components: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ src, alt }) => <>{alt || String(src ?? "image")}</>,
  pre: ({ children }) => <Block>{children}</Block>,
};

const inline: Components = { ...components, p: ({ children }) => <>{children}</> };

/** A web address opens apart from the panel, and says where it leads; any other is only its words. */
function Link({ href = "", children }: { href?: string | undefined; children?: ReactNode }) {
  if (!/^https?:/i.test(href)) return <>{children}</>;
  const host = hostBeside(href, typeof children === "string" ? children : "");
  return (
    <a href={href} target="_blank" rel="noreferrer noopener" title={href}>
      {children}
      {host && <span className="link-host"> ({host})</span>}
    </a>
  );
}

/** A fenced block; its first word names the language. */
function Block({ children }: { children?: ReactNode }) {
  const code = isValidElement<{ className?: string; children?: ReactNode }>(children) ? children.props : {};
  const language = /language-(\S+)/.exec(code.className ?? "")?.[1] ?? "";
  return <CodeBlock code={String(code.children ?? "").replace(/\n$/, "")} language={language} />;
}
