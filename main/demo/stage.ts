import type { Writable } from "node:stream";
import type { Facts } from "./facts.ts";
import { drawScreen, type Entry, emptyView, type View } from "./screen.ts";

/** The screen: what stands on it, and drawing it anew when that has changed. */
export interface Stage {
  readonly view: View;
  change(part: Partial<View>): void;
  add(entry: Entry): void;
  /** Gives the terminal back as it was. */
  close(): void;
}

export type Terminal = Writable & { readonly columns?: number; readonly rows?: number };

/** Alternate screen, bracketed paste and focus off and on, as Claude Code 2.1.330 does. */
const enter = "\u001b[?1049h\u001b[?2004h\u001b]0;✳ Claude Code\u0007";
const leave = "\u001b[?2004l\u001b[?1049l\u001b[?25h";
const maxEntries = 200;

export function createStage(terminal: Terminal, facts: Facts, mode: () => string, now: () => number): Stage {
  let view = emptyView;
  let drawing: NodeJS.Immediate | undefined;
  let title = "";

  function draw(): void {
    drawing = undefined;
    const { columns: cols = 120, rows = 40 } = terminal;
    const next = view.busySince !== null && view.dialogs.length === 0 ? "◐ Claude Code" : "✳ Claude Code";
    if (next !== title) terminal.write(`\u001b]0;${next}\u0007`);
    title = next;
    terminal.write(drawScreen(view, { cols, rows, name: facts.name, cwd: facts.cwd, mode: mode(), now: now() }));
  }
  function schedule(): void {
    drawing ??= setImmediate(draw);
  }
  function change(part: Partial<View>): void {
    view = { ...view, ...part };
    schedule();
  }

  const clock = setInterval(() => view.busySince !== null && schedule(), 1000);
  terminal.on("resize", schedule);
  terminal.write(enter);
  schedule();
  return {
    get view() {
      return view;
    },
    change,
    add: (entry) => change({ entries: [...view.entries, entry].slice(-maxEntries) }),
    close() {
      clearInterval(clock);
      clearImmediate(drawing);
      terminal.off("resize", schedule);
      terminal.write(leave);
    },
  };
}
