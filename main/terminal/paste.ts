import { TeamError } from "../../contract/error.ts";
import { printable } from "./printable.ts";

/** What is typed for a message: `chunks` in this order, then Enter, which the caller sends itself. */
export interface Input {
  readonly chunks: string[];
  /** What Claude should receive; compare it with `sameText`. */
  readonly plain: string;
  /** What was changed in the text, in plain words. */
  readonly notes: string[];
}

/** UTF-16 units in one paste. Claude Code 2.1.330 hands the model a paste of more than 800 as foreign content. */
const longest = 600;

/** Claude Code 2.1.330 ends at these, alone in the box. */
const endings = ["exit", "quit", ":q", ":q!", ":wq", ":wq!"];

/**
 * Turns a message into what is typed at Claude Code's prompt. Only printable text, `\n` and `\t` pass. As text it never acts:
 * throws MESSAGE_IS_COMMAND for a leading `/` that is not a path, and puts a space before a leading `!`. As a command it must
 * be one line that begins with `/` or `!` (INPUT_INVALID). Throws MESSAGE_EMPTY and MESSAGE_ENDS_SESSION in both cases.
 */
export function toInput(text: string, as: "text" | "command"): Input {
  const { text: clean, notes } = printable(text);
  const trimmed = clean.trim();
  if (trimmed === "") throw new TeamError("MESSAGE_EMPTY", "the message holds no text");
  if (endings.includes(trimmed) || /^\/(exit|quit)(?!\S)/i.test(trimmed)) {
    throw new TeamError("MESSAGE_ENDS_SESSION", `Claude Code ends at ${JSON.stringify(firstWord(trimmed))}`);
  }
  return as === "command" ? commandInput(trimmed, notes) : textInput(clean, notes);
}

function commandInput(command: string, notes: string[]): Input {
  if (!/^[/!]\s*\S/.test(command) || command.includes("\n")) {
    throw new TeamError("INPUT_INVALID", "a command is one line that begins with / or !");
  }
  // A typed tab would complete something.
  const plain = command.replace(/\t/g, " ");
  const typed = shielded(plain);
  return { chunks: typed.length <= longest ? [typed] : pastes(typed), plain, notes };
}

function textInput(clean: string, notes: string[]): Input {
  // White space before a command does not protect from it; a second slash in the word makes it a path.
  const first = firstWord(clean.trim());
  if (/^\/[^/]*$/.test(first)) {
    throw new TeamError("MESSAGE_IS_COMMAND", `it begins with ${first}, which Claude Code takes as a command`);
  }
  const shell = clean.startsWith("!");
  const plain = `${shell ? " " : ""}${clean}`.trimEnd();
  return {
    chunks: pastes(shielded(plain)),
    plain,
    notes: shell ? [...notes, "put a space before the leading !"] : notes,
  };
}

/** Behind a backslash Enter only makes a new line (Claude Code 2.1.330); a space at the end is trimmed there. */
const shielded = (text: string): string => (text.endsWith("\\") ? `${text} ` : text);

const firstWord = (text: string): string => text.split(/\s/, 1)[0] ?? "";

/** Each line pasted alone, a long one in several pastes with nothing between; an empty line is only its line feed. */
function pastes(text: string): string[] {
  return text
    .split("\n")
    .flatMap((line, index) => [
      ...(index > 0 ? ["\n"] : []),
      ...pieces(line).map((piece) => `\x1b[200~${piece}\x1b[201~`),
    ]);
}

/**
 * Inside the ending of a picture's name: Claude Code 2.1.330 replaces a paste that is nothing but the path of a picture by the
 * picture itself.
 */
const insideEnding = /(?<=\.[pjgw])(?=(?:ng|pe?g|if|ebp)(?!\w))/i;

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

function pieces(line: string): string[] {
  return line === "" ? [] : line.split(insideEnding).flatMap(cut);
}

/** Pieces of at most `longest` units, cut between graphemes; inside one only if it is longer than a piece. */
function cut(line: string): string[] {
  if (line.length <= longest) return [line];
  const segments = graphemes.segment(line);
  const found: string[] = [];
  for (let from = 0; from < line.length; ) {
    const to = cutBefore(line, segments, from, from + longest);
    found.push(line.slice(from, to));
    from = to;
  }
  return found;
}

function cutBefore(line: string, segments: Intl.Segments, from: number, limit: number): number {
  const cut = segments.containing(limit)?.index ?? line.length;
  if (cut > from) return cut;
  // One grapheme fills the piece: then between its characters, at least.
  return /[\udc00-\udfff]/.test(line.charAt(limit)) ? limit - 1 : limit;
}

/** Whether `seen` (a hook's or a transcript's text) is what was typed, as Claude Code 2.1.330 changes pasted text. */
export function sameText(typed: string, seen: string): boolean {
  return normal(typed) === normal(seen);
}

function normal(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/\t/g, "    ")
    .replace(/\p{Format}/gu, "")
    .normalize("NFC")
    .trimEnd();
}
