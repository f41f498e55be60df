import type { Screen } from "../../../contract/screen.ts";
import { newer } from "../emulator/newer.ts";
import { captureOf, readFacts } from "./capture.ts";
import type { TmuxCommand } from "./command-line.ts";
import { createRowReader } from "./styled-rows.ts";

/** What a pane shows, read when somebody asks, and turned into runs only where it changed. */
export interface PaneView {
  screen(): Promise<Screen>;
  /** What was read last; empty when nothing was. */
  last(): Screen;
}

export interface PaneViewDeps {
  ask(...commands: TmuxCommand[]): Promise<(readonly string[])[]>;
  readonly now: () => number;
}

export function createPaneView(pane: string, { ask, now }: PaneViewDeps): PaneView {
  const read = createRowReader();
  let last: Screen | undefined;
  const commands = captureOf(pane);

  return {
    async screen() {
      const [facts, captured = []] = await ask(...commands);
      last = newer(last, { ...readFacts(facts), lines: read(captured) }, now());
      return last;
    },
    last: () => last ?? { rev: 1, at: now(), cols: 0, rows: 0, lines: [], cursor: null },
  };
}
