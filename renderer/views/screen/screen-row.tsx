import { type CSSProperties, memo } from "react";
import type { Run } from "../../../contract/screen.ts";
import { pieces } from "../../words/cells.ts";
import { hex, readable, screenGround, screenText } from "../../words/colour.ts";

/** One row of a terminal. Drawn again only when it looks different. */
export const ScreenRow = memo(
  function ScreenRow({ runs }: { runs: readonly Run[] }) {
    return (
      <div className="screen-row">
        {runs.map((run, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: runs have no identity but their place
          <span key={place} className={classes(run)} style={colours(run)}>
            {pieces(run.text).map(({ text, cells }, i) =>
              cells === 0 ? (
                text
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
                <span key={i} className={cells === 2 ? "wide" : "cell"}>
                  {text}
                </span>
              ),
            )}
          </span>
        ))}
      </div>
    );
  },
  (before, after) => JSON.stringify(before.runs) === JSON.stringify(after.runs),
);

function classes({ bold, dim, italic, underline, strike }: Run): string {
  return Object.entries({ bold, dim, italic, underline, strike })
    .filter(([, on]) => on)
    .map(([name]) => name)
    .join(" ");
}

/** Dim text is given a greyer colour instead of transparency, so that it can still be read. */
function colours({ fg, bg, inverse, dim }: Run): CSSProperties {
  const text = fg === undefined ? (dim ? "#9aa0ab" : screenText) : hex(fg);
  const ground = bg === undefined ? screenGround : hex(bg);
  const [front, back] = inverse ? [ground, text] : [text, ground];
  return { color: readable(front, back), ...((inverse || bg !== undefined) && { backgroundColor: back }) };
}
