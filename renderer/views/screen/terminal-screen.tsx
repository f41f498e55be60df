import type { CSSProperties, FocusEvent } from "react";
import type { Screen } from "../../../contract/screen.ts";
import type { Worker } from "../../../contract/worker.ts";
import { ago } from "../../words/age.ts";
import { plain } from "../../words/plain.ts";
import { usedRows } from "../../words/rows.ts";
import { Failure } from "../failure.tsx";
import { useNow } from "../now.ts";
import { PopOut } from "./pop-out.tsx";
import { ScreenRow } from "./screen-row.tsx";
import { useScreen } from "./use-screen.ts";
import { type Typing, useTyping } from "./use-typing.ts";

/** What the worker's terminal shows, as it changes, and a way to type into it. */
export function TerminalScreen({ worker }: { worker: Worker }) {
  const gone = worker.phase.is === "gone";
  const { screen, failure, live } = useScreen(worker.id, gone);
  const typing = useTyping(worker.id);
  return (
    <div className="terminal" role="tabpanel" id="tab-panel" aria-labelledby="tab-terminal">
      <Failure of={failure ?? typing.failure} />
      {screen && !live && <AsOf at={screen.at} />}
      {screen && <Grid screen={screen} name={plain(worker.name)} typing={typing} />}
      {!screen && gone && <NoScreen resumable={worker.conversation !== null} />}
      {!screen && !gone && !failure && <p className="quiet">Reading the screen…</p>}
      {!gone && (
        <div className="screen-bar">
          {screen && <TypingBar typing={typing} />}
          <PopOut worker={worker} />
        </div>
      )}
    </div>
  );
}

function NoScreen({ resumable }: { resumable: boolean }) {
  return (
    <p className="nothing quiet">
      Its terminal ended with it, and there is no screen left to show.
      {resumable && " Resume goes on with the conversation in a new one."}
    </p>
  );
}

function AsOf({ at }: { at: number }) {
  const now = useNow();
  return (
    <p className="as-of" role="status">
      As of {new Date(at).toLocaleTimeString([], { timeStyle: "medium" })}, {ago(at, now)}
    </p>
  );
}

interface GridProps {
  readonly screen: Screen;
  readonly name: string;
  readonly typing: Typing;
}

function Grid({ screen, name, typing }: GridProps) {
  const rows = usedRows(screen);
  const leave = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget)) typing.end();
  };
  /** A click on the screen does not take the keyboard away. */
  const comeBack = ({ currentTarget, target }: FocusEvent) => {
    if (currentTarget === target) focusInPlace(currentTarget.querySelector("textarea"));
  };
  return (
    <section
      className={typing.on ? "screen typing" : "screen"}
      aria-label={`Screen of ${name}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide screen must be scrolled by keyboard too
      tabIndex={0}
      onFocus={comeBack}
      onBlur={leave}
    >
      <div className="grid" style={{ "--cols": screen.cols, "--rows": rows } as CSSProperties}>
        {screen.lines.slice(0, rows).map((runs, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row of a screen is its place
          <ScreenRow key={row} runs={runs} />
        ))}
        {screen.cursor && <span className="cursor" style={cell(screen.cursor)} />}
        {typing.on && <Keyboard name={name} typing={typing} cursor={screen.cursor ?? { row: 0, col: 0 }} />}
      </div>
    </section>
  );
}

/** Takes the person's keys, unseen; at the cursor, so that an input method opens its window there. */
function Keyboard({ name, typing, cursor }: Pick<GridProps, "name" | "typing"> & { cursor: Cursor }) {
  return (
    <textarea
      className="keyboard"
      aria-label={`Type in the terminal of ${name}`}
      style={cell(cursor)}
      ref={focusInPlace}
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      {...typing.field}
    />
  );
}

function TypingBar({ typing }: { typing: Typing }) {
  return (
    <div className="typing-bar" role="status">
      {typing.on ? (
        <span>Your keys go to this terminal. Ctrl-] or a click elsewhere ends that.</span>
      ) : (
        <button type="button" className="button" onClick={typing.begin}>
          Type in this terminal
        </button>
      )}
    </div>
  );
}

type Cursor = NonNullable<Screen["cursor"]>;

const focusInPlace = (field: HTMLElement | null) => field?.focus({ preventScroll: true });
const cell = ({ row, col }: Cursor) => ({ "--row": row, "--col": col }) as CSSProperties;
