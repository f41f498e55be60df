import { readFileSync } from "node:fs";
import headless from "@xterm/headless";
import type { Screen } from "../../contract/screen.ts";
import { readRows } from "../../main/terminal/emulator/screen-rows.ts";

/** A recorded screen, such as `screens/10-permission-bash` or `scenes/plan/01-plan`, as a terminal of that width shows it. */
export async function recordedScreen(name: string, cols = 120): Promise<Screen> {
  const lines = readFileSync(new URL(`${name}.ansi`, import.meta.url), "utf8").trimEnd().split("\n");
  const rows = lines.length;
  const terminal = new headless.Terminal({ cols, rows, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(lines.join("\r\n"), resolve));
  const screen = { rev: 1, at: 0, cols, rows, lines: readRows(terminal.buffer.active, cols, rows), cursor: null };
  terminal.dispose();
  return screen;
}
