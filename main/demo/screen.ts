import { type Box, emptyBox } from "./box.ts";
import type { Dialog } from "./dialog.ts";
import { type Bottom, drawDialog } from "./draw-dialog.ts";
import { claudeVersion } from "./facts.ts";
import { widthOf, wrap } from "./wrap.ts";

/** Everything that is on the screen. */
export interface View {
  readonly entries: readonly Entry[];
  /** What is being said right now; empty while nothing is. */
  readonly streaming: string;
  /** When the turn began, in milliseconds; null while idle. */
  readonly busySince: number | null;
  /** Shown beside the clock of a turn: `retrying in 1s · attempt 1/10`. */
  readonly trouble: string | null;
  readonly queued: readonly string[];
  /** The first is shown. */
  readonly dialogs: readonly Dialog[];
  readonly box: Box;
  readonly hint: string | null;
}

/** Nothing said yet, and nothing written. */
export const emptyView: View = {
  entries: [],
  streaming: "",
  busySince: null,
  trouble: null,
  queued: [],
  dialogs: [],
  box: emptyBox,
  hint: null,
};

/** One thing in the conversation. */
export interface Entry {
  readonly is: "prompt" | "said" | "tool" | "note";
  readonly text: string;
}

export interface Frame {
  readonly cols: number;
  readonly rows: number;
  readonly name: string | null;
  readonly cwd: string;
  /** As hooks name it. */
  readonly mode: string;
  readonly now: number;
}

const dim = (text: string) => `\u001b[2m${text}\u001b[22m`;
const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;
const inverse = (text: string) => `\u001b[7m${text}\u001b[27m`;

/** A whole screen as the bytes that draw it; pure. Laid out as Claude Code 2.1.330 does, so that it reads the same. */
export function drawScreen(view: View, frame: Frame): string {
  const bottom = view.dialogs[0] ? drawDialog(view.dialogs[0], view.dialogs.length, frame.cols) : drawBox(view, frame);
  const above = [...header(frame), ...conversation(view, frame)];
  const shown = [...above, ...bottom.lines].slice(-frame.rows);
  const first = above.length + bottom.lines.length - shown.length;
  const row = above.length + bottom.cursor.row - first + 1;
  const body = shown.map((line) => `${line}\u001b[K`).join("\r\n");
  const cursor = view.dialogs[0] ? "\u001b[?25l" : `\u001b[${row};${bottom.cursor.col + 1}H\u001b[?25h`;
  return `\u001b[?2026h\u001b[H${body}\u001b[J${cursor}\u001b[?2026l`;
}

const header = ({ cwd }: Frame) => [
  ` ◍ ◍   ${bold("Claude Code")} v${claudeVersion} · ${bold("demo")}`,
  "  ‿    Nothing here is a model: answers are scripted, tools are not run",
  `       ${dim(cwd)}`,
  "",
];

function conversation({ entries, streaming, queued, busySince, trouble }: View, { cols, now }: Frame): string[] {
  const said = streaming ? [...entries, { is: "said", text: streaming } as const] : entries;
  const waiting = queued.map((text) => ({ is: "prompt", text }) as const);
  const lines = [...said, ...waiting].flatMap((entry) => [...drawEntry(entry, cols), ""]);
  const note = queued.length > 0 ? [dim("  ⎿  Queued · ctrl+enter to send now"), ""] : [];
  const seconds = Math.max(0, Math.floor((now - (busySince ?? now)) / 1000));
  const clock = busySince === null ? [] : [`✻ ${trouble ?? `Pretending… (${seconds}s)`}`, ""];
  return [...lines, ...note, ...clock];
}

const marks = { prompt: "❯ ", said: "● ", tool: "  ⎿  ", note: "  ⎿  " } as const;

function drawEntry({ is, text }: Entry, cols: number): string[] {
  const mark = marks[is];
  const indent = " ".repeat(mark.length);
  return wrap(text, cols - mark.length).map((line, index) => (index === 0 ? mark : indent) + line);
}

function drawBox({ box, queued, busySince, hint }: View, { cols, name, mode }: Frame): Bottom {
  const lines = wrap(box.text, cols - 2);
  const placeholder = "Press up to edit queued messages";
  const first = !box.text && queued.length > 0 ? inverse(placeholder[0] ?? "") + dim(placeholder.slice(1)) : lines[0];
  const rows = [`❯\u00a0${first}`, ...lines.slice(1).map((line) => `  ${line}`)];
  const footer = [modes[mode] ?? modes.default, hint ?? help(box, busySince !== null)].filter(Boolean).join(" · ");
  const last = lines.at(-1) ?? "";
  return {
    lines: [rule(cols, name), ...rows, rule(cols, null), `  ${dim(footer)}`],
    cursor: { row: lines.length, col: 2 + widthOf(last) },
  };
}

function help({ text, armed }: Box, busy: boolean): string {
  if (armed) return "esc again to clear";
  if (text) return "";
  return busy ? "esc to interrupt" : "? for shortcuts";
}

const modes: Record<string, string> = {
  default: "⏸ manual mode on",
  plan: "⏸ plan mode on",
  acceptEdits: "⏵⏵ accept edits on",
  bypassPermissions: "⏵⏵ bypass permissions on",
};

function rule(cols: number, name: string | null): string {
  if (!name) return "─".repeat(cols);
  return `${"─".repeat(Math.max(1, cols - widthOf(name) - 3))} ${name} ─`;
}
