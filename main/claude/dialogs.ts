import type { DialogKind } from "../../contract/observation.ts";
import type { Keys, ScreenReading } from "../team/ports.ts";
import { type Choice, detailOf, dialogAround, keyFor, numberedChoices, plainChoices, wordsOf } from "./dialog-rows.ts";

type Reading = Pick<ScreenReading, "dialog" | "asking">;

const esc = "\u001b";
const noKeys: Keys = { allow: null, deny: null };
const nothing: Reading = { dialog: null, asking: null };

/**
 * The dialog on a screen without an input box, with the keys that were seen to answer it in Claude Code 2.1.330. What is not
 * known gets no keys. Permissions come first: what they are about may hold the words of any other dialog.
 */
export function readDialog(rows: readonly string[], cols: number): Reading {
  return readAsking(rows, cols) ?? readStartUp(rows, cols) ?? readUnknown(rows, cols) ?? nothing;
}

/** Dialogs that are known by a phrase. The marked choice at the start is always the refusal, so Enter alone never accepts. */
const startUps: { kind: DialogKind; phrase: RegExp; keys(choices: readonly Choice[]): Keys }[] = [
  {
    kind: "trust",
    phrase: /^ *Quick safety check/,
    keys: (c) => ({ allow: keyFor(c, "Yes, I trust this folder"), deny: keyFor(c, "No, exit") }),
  },
  {
    kind: "trust",
    phrase: /^ *Adding a new directory:/,
    keys: (c) => ({ allow: keyFor(c, "Yes, add it"), deny: keyFor(c, "No, exit") }),
  },
  {
    kind: "api-key",
    phrase: /^ *Detected a custom API key/,
    keys: (c) => ({ allow: keyFor(c, "Yes"), deny: keyFor(c, "No (recommended)") }),
  },
  {
    kind: "bypass",
    phrase: /^ *WARNING: Claude Code running in Bypass Permissions mode/,
    keys: (c) => ({ allow: keyFor(c, "Yes, I accept"), deny: keyFor(c, "No, exit") }),
  },
  { kind: "theme", phrase: /^ *Choose the text style/, keys: () => ({ allow: "\r", deny: null }) },
  { kind: "sign-in", phrase: /^ *Select login method/, keys: () => noKeys },
  { kind: "elicitation", phrase: /^ *MCP server .+ requests your input/, keys: () => ({ allow: null, deny: esc }) },
];

function readStartUp(rows: readonly string[], cols: number): Reading | undefined {
  for (const { kind, phrase, keys } of startUps) {
    const row = rows.findLastIndex((r) => phrase.test(r));
    if (row < 0 || wasLeft(rows, kind)) continue;
    const around = dialogAround(rows, row, cols);
    // A full-screen one has no rule above it, only decoration.
    const own = around.length === rows.length ? rows.slice(row) : around;
    const choices = numberedChoices(own).length > 0 ? numberedChoices(own) : plainChoices(own);
    return { ...nothing, dialog: { dialog: kind, detail: detailOf(own, cols), ...keys(choices) } };
  }
  return undefined;
}

/** Whoever refuses sees the dialog still, with Claude Code's last words below it. */
function wasLeft(rows: readonly string[], kind: DialogKind): boolean {
  const confirms = kind === "trust" || kind === "api-key" || kind === "bypass";
  return confirms && !/^ *Enter to confirm/.test(rows.findLast((row) => row.trim() !== "") ?? "");
}

/** A permission, a plan or a question: they have numbered choices below a sentence that asks. */
function readAsking(rows: readonly string[], cols: number): Reading | undefined {
  const first = rows.findLastIndex((row) => /^ {0,5}(❯ )?\s*1\. /.test(row));
  if (first < 0) return undefined;
  const own = dialogAround(rows, first, cols);
  const words = wordsOf(own, cols);
  const keys = keysFor(words, numberedChoices(own));
  return keys && { ...nothing, asking: { text: words, ...keys } };
}

function keysFor(words: string, choices: readonly Choice[]): Keys | undefined {
  const has = (label: RegExp) => choices.some((c) => label.test(c.label));
  if (has(/^Chat about this$/)) return { allow: null, deny: esc };
  if (has(/^Submit answers$/)) return noKeys;
  if (/Exit plan mode\?/.test(words) && has(/^Yes, and switch to default/)) {
    return { allow: keyFor(choices, /^Yes, and switch to default/), deny: keyFor(choices, "No") };
  }
  if (/Would you like to proceed\?/.test(words) && has(/^Yes, manually approve edits$/)) return planKeys(choices);
  if (/Do you want to [^?]*\?/.test(words) && has(/^Yes/)) return permissionKeys(words, choices);
  return undefined;
}

/** While its last choice is marked, it is a text field, and digits are text. */
function planKeys(choices: readonly Choice[]): Keys {
  return choices.at(-1)?.marked ? noKeys : { allow: keyFor(choices, "Yes, manually approve edits"), deny: esc };
}

/** Tab makes the marked choice a text field, and takes the offer of Tab away; digits are text then. */
function permissionKeys(words: string, choices: readonly Choice[]): Keys {
  const deny = keyFor(choices, "No");
  const below = words.slice(words.lastIndexOf("Do you want to"));
  if (deny) return below.includes("Tab to amend") ? { allow: keyFor(choices, "Yes"), deny } : noKeys;
  const plain = choices[0]?.marked && choices.some((c) => /^No, .*\(esc\)$/.test(c.label));
  return plain ? { allow: keyFor(choices, "Yes"), deny: esc } : noKeys;
}

/** Something waits for a key, as its last rows say. */
function readUnknown(rows: readonly string[], cols: number): Reading | undefined {
  const shown = rows.flatMap((row, i) => (row.trim() === "" ? [] : [i]));
  const last = shown.slice(-3).findLast((i) => /\b(esc|enter)\b.* to \w+/i.test(rows[i] ?? ""));
  if (last === undefined) return undefined;
  const own = dialogAround(rows, last, cols);
  return { ...nothing, dialog: { dialog: "unknown", detail: detailOf(own, cols), ...noKeys } };
}
