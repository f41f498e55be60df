import Markdown, { type Components } from "react-markdown";
import { tableParts } from "../../words/tables.ts";

/** Claude's words as Markdown. No HTML in them is ever taken as such, and nothing is fetched: an image stays a link. */
export function MarkdownText({ text }: { text: string }) {
  return (
    <div className="markdown">
      {tableParts(text).map((part, place) =>
        typeof part === "string" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
          <Markdown key={place} components={components}>
            {part}
          </Markdown>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
          <Table key={place} rows={part} />
        ),
      )}
    </div>
  );
}

function Table({ rows: [head = [], ...body] }: { rows: readonly (readonly string[])[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must be scrolled by keyboard too
    <section className="wide-table" aria-label="Table" tabIndex={0}>
      <table>
        <thead>
          <tr>{inCells("th", head)}</tr>
        </thead>
        <tbody>
          {body.map((cells, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <tr key={place}>{inCells("td", cells)}</tr>
          ))}
        </tbody>
      </table>
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
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener" title={href}>
      {children}
    </a>
  ),
  img: ({ src, alt }) => <>{alt || String(src ?? "image")}</>,
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide block must be scrolled by keyboard too
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
};

const inline: Components = { ...components, p: ({ children }) => <>{children}</> };
