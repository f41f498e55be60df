import type { Screen } from "../../contract/screen.ts";
import type { ScreenReading } from "../team/ports.ts";
import { readDialog } from "./dialogs.ts";
import { findInputBox, readDraft } from "./input-box.ts";
import { toRows } from "./rows.ts";

/** What a screen of Claude Code 2.1.330 shows that can be acted on; pure. A dialog stands in the place of the input box. */
export function readScreen(screen: Screen): ScreenReading {
  const box = findInputBox(screen);
  const rows = toRows(screen);
  if (!box) return { ...readDialog(rows, screen.cols), retrying: null, draft: null };
  return { dialog: null, asking: null, retrying: retryAbove(rows.slice(0, box.top)), draft: readDraft(screen, box) };
}

/** The line about the running turn, with what may stand between it and the box: a tip, an effort hint, a blank row. */
const nearBox = 6;

/** `✻ API error · retrying in 2s · attempt 1/3`; the sign in front turns around. What Claude says begins with `●` or a space. */
function retryAbove(rows: readonly string[]): string | null {
  const retry = rows
    .slice(-nearBox)
    .findLast((row) => /^[^\s●❯] .+ · retrying in \d+\s?\w+ · attempt \d+\/\d+/.test(row));
  return retry?.slice(2) ?? null;
}
