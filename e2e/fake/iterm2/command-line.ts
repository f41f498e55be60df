import { homedir } from "node:os";

const controls: Record<string, string> = { n: "\n", a: "\x07", t: "\t", r: "\r" };

/**
 * Splits a command into arguments as iTerm2 does, which is not as a shell does: `\n \a \t \r` become control characters even
 * inside single quotes; inside quotes other backslashes stay, but before `"` and `\` in double ones; `$$NAME$$` would ask the
 * person for a value, `$$$$` is `$$`; a word that begins with an unquoted `~` is expanded.
 */
export function splitCommand(command: string): string[] {
  const state = { words: [] as string[], word: "", begun: false, quote: "", tilde: false };
  const text = command.replaceAll(/\$\$(.*?)\$\$/gs, (_, name: string) => (name === "" ? "$$" : ""));
  for (let at = 0; at < text.length; at++) {
    const char = text[at] === "\0" ? " " : (text[at] ?? "");
    if (char === "\\") {
      at++;
      if (at < text.length) add(state, escaped(text[at] ?? "", state.quote), true);
    } else if (char === state.quote) state.quote = "";
    else if ((char === '"' || char === "'") && state.quote === "") {
      state.quote = char;
      state.begun = true;
    } else if (/\s/.test(char) && state.quote === "") endWord(state);
    else add(state, char, state.quote !== "");
  }
  endWord(state);
  return state.words;
}

interface Splitting {
  words: string[];
  word: string;
  begun: boolean;
  quote: string;
  tilde: boolean;
}

function add(state: Splitting, text: string, quoted: boolean): void {
  if (!state.begun && !quoted && text === "~") state.tilde = true;
  state.begun = true;
  state.word += text;
}

function escaped(char: string, quote: string): string {
  const control = controls[char];
  if (control) return control;
  if (quote === "" || (quote === '"' && (char === '"' || char === "\\"))) return char;
  return quote === "'" && char === "'" ? "\\" : `\\${char}`;
}

function endWord(state: Splitting): void {
  if (state.begun) state.words.push(state.tilde ? state.word.replace(/^~(?=\/|$)/, homedir()) : state.word);
  Object.assign(state, { word: "", begun: false, tilde: false });
}
