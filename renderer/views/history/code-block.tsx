import { Fragment, memo, useEffect, useState } from "react";
import { plain } from "../../words/plain.ts";
import { type ColouredLines, highlight, highlighted } from "./highlight.ts";
import { languageOf } from "./languages.ts";
import { LongText } from "./long-text.tsx";

/** Code as it is, and in colours as soon as they are known. */
export const CodeBlock = memo(function CodeBlock({ code, language }: { code: string; language: string }) {
  const shown = plain(code);
  const lines = useColours(shown, language);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide block must be scrolled by keyboard too
    <pre tabIndex={0} className="code">
      <code>{lines ? <Coloured lines={lines} /> : <LongText text={shown} />}</code>
    </pre>
  );
});

/** What only passes by while a person scrolls is not worth colouring. */
const afterMs = 100;

function useColours(code: string, name: string): ColouredLines | null {
  const [coloured, setColoured] = useState<{ code: string; lines: ColouredLines | null }>();
  const language = languageOf(name);
  const before = language ? highlighted(language, code) : null;
  useEffect(() => {
    if (!language || before) return;
    let wanted = true;
    const timer = setTimeout(async () => {
      const lines = await highlight(language, code);
      if (wanted) setColoured({ code, lines });
    }, afterMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [code, language, before]);
  return before ?? (coloured?.code === code ? coloured.lines : null);
}

function Coloured({ lines }: { lines: ColouredLines }) {
  return lines.map((pieces, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
    <Fragment key={row}>
      {pieces.map(([text, kind], place) =>
        kind ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
          <span key={place} className={`code-${kind}`}>
            {text}
          </span>
        ) : (
          text
        ),
      )}
      {row < lines.length - 1 && "\n"}
    </Fragment>
  ));
}
