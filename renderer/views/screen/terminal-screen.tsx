import type { CSSProperties } from "react";
import type { Screen } from "../../../contract/screen.ts";
import type { Worker } from "../../../contract/worker.ts";
import { ago } from "../../words/age.ts";
import { Failure } from "../failure.tsx";
import { useNow } from "../now.ts";
import { ScreenRow } from "./screen-row.tsx";
import { useScreen } from "./use-screen.ts";

/** What the worker's terminal shows, as it changes. */
export function TerminalScreen({ worker }: { worker: Worker }) {
  const { screen, failure, live } = useScreen(worker.id, worker.phase.is === "gone");
  return (
    <div className="terminal" role="tabpanel" id="tab-panel" aria-labelledby="tab-terminal">
      <Failure of={failure} />
      {screen && !live && <AsOf at={screen.at} />}
      {screen ? <Grid screen={screen} name={worker.name} /> : !failure && <p className="quiet">{waiting(worker)}</p>}
    </div>
  );
}

const waiting = ({ phase }: Worker) => (phase.is === "gone" ? "Its terminal has ended." : "Reading the screen…");

function AsOf({ at }: { at: number }) {
  return <p className="quiet">As of {ago(at, useNow())}</p>;
}

function Grid({ screen, name }: { screen: Screen; name: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide screen must be scrolled by keyboard too
    <section className="screen" aria-label={`Screen of ${name}`} tabIndex={0}>
      <div className="grid" style={size(screen)}>
        {screen.lines.map((runs, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row of a screen is its place
          <ScreenRow key={row} runs={runs} />
        ))}
        {screen.cursor && <span className="cursor" style={place(screen.cursor)} />}
      </div>
    </section>
  );
}

const size = ({ cols, rows }: Screen) => ({ "--cols": cols, "--rows": rows }) as CSSProperties;
const place = ({ row, col }: { row: number; col: number }) => ({ "--row": row, "--col": col }) as CSSProperties;
