import { Fragment, memo, useEffect, useState } from "react";
import { plain } from "../../words/plain.ts";
import { type ColouredLines, highlight } from "./highlight.ts";
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

function useColours(code: string, name: string): ColouredLines | null {
  const [coloured, setColoured] = useState<{ code: string; lines: ColouredLines | null }>();
  const language = languageOf(name);
  useEffect(() => {
    if (!language) return;
    let wanted = true;
    void highlight(language, code).then((lines) => wanted && setColoured({ code, lines }));
    return () => {
      wanted = false;
    };
  }, [code, language]);
  return coloured?.code === code ? coloured.lines : null;
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
