import Markdown, { type Components } from "react-markdown";

/** Claude's words as Markdown. No HTML in them is ever taken as such, and nothing is fetched: an image stays a link. */
export function MarkdownText({ text }: { text: string }) {
  return (
    <div className="markdown">
      <Markdown components={components}>{text}</Markdown>
    </div>
  );
}

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
