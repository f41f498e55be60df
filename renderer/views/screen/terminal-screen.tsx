import { type CSSProperties, useRef } from "react";
import type { Screen } from "../../../contract/screen.ts";
import type { Worker } from "../../../contract/worker.ts";
import { ago } from "../../words/age.ts";
import { Failure } from "../failure.tsx";
import { useNow } from "../now.ts";
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
      {screen && <Grid screen={screen} name={worker.name} typing={typing} mayType={!gone} />}
      {!screen && !failure && <p className="quiet">{gone ? "Its terminal has ended." : "Reading the screen…"}</p>}
    </div>
  );
}

function AsOf({ at }: { at: number }) {
  return <p className="quiet">As of {ago(at, useNow())}</p>;
}

interface GridProps {
  readonly screen: Screen;
  readonly name: string;
  readonly typing: Typing;
  readonly mayType: boolean;
}

function Grid({ screen, name, typing, mayType }: GridProps) {
  const place = useRef<HTMLElement>(null);
  const begin = () => {
    typing.begin();
    place.current?.focus();
  };
  return (
    <>
      <section
        ref={place}
        className={typing.on ? "screen typing" : "screen"}
        aria-label={`Screen of ${name}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide screen must be scrolled by keyboard, and typed into
        tabIndex={0}
        onKeyDown={typing.onKeyDown}
        onBlur={typing.end}
      >
        <div className="grid" style={size(screen)}>
          {screen.lines.map((runs, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of a screen is its place
            <ScreenRow key={row} runs={runs} />
          ))}
          {screen.cursor && <span className="cursor" style={cell(screen.cursor)} />}
        </div>
      </section>
      {mayType && (
        <div className="typing-bar" role="status">
          {typing.on ? (
            <span>Your keys go to this terminal. Ctrl-] or a click elsewhere ends that.</span>
          ) : (
            <button type="button" className="button" onClick={begin}>
              Type in this terminal
            </button>
          )}
        </div>
      )}
    </>
  );
}

const size = ({ cols, rows }: Screen) => ({ "--cols": cols, "--rows": rows }) as CSSProperties;
const cell = ({ row, col }: { row: number; col: number }) => ({ "--row": row, "--col": col }) as CSSProperties;
