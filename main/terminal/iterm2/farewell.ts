import type { Screen } from "../../../contract/screen.ts";
import { farewellStart } from "./launch.ts";

/** The screen without what the wrapper wrote below the command's output: that is for the person at the terminal. */
export function withoutFarewell(screen: Screen): Screen {
  const { lines, rows } = screen;
  const starts = lines.map((runs) =>
    runs
      .map(({ text }) => text)
      .join("")
      .startsWith(farewellStart),
  );
  const start = starts.lastIndexOf(true);
  if (start < 0) return screen;
  const kept = lines.map((runs, row) => (row < start ? runs : []));
  return { ...screen, rev: screen.rev + 1, lines: kept.slice(0, rows), cursor: null };
}
