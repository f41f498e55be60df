import { useState } from "react";

const first = 12_000;
const more = 100_000;
/** Laid out apart, so that what is out of sight costs nothing. */
const piece = 8000;

/** A text of any length: its beginning at first, more of it on request. */
export function LongText({ text }: { text: string }) {
  const [shown, setShown] = useState(first);
  if (text.length <= shown) return shown === first ? text : <Pieces text={text} />;
  return (
    <>
      <Pieces text={text.slice(0, safeEnd(text, shown))} />
      <button type="button" className="button plain more-text" onClick={() => setShown(shown + more)}>
        Show more ({Math.ceil((text.length - shown) / 1000)} thousand characters follow)
      </button>
    </>
  );
}

function Pieces({ text }: { text: string }) {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    const to = safeEnd(text, from + piece);
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts.map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
    <span key={place} className="text-piece">
      {part}
    </span>
  ));
}

/** Never half a character. */
const safeEnd = (text: string, end: number) => (/[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end + 1 : end);
