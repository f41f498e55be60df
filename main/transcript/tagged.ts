import { text } from "./loose.ts";

/** What stands between `<name>` and `</name>`, the first of them; null when there is none. */
export function tagged(words: string, name: string): string | null {
  const open = words.indexOf(`<${name}>`);
  if (open < 0) return null;
  const from = open + name.length + 2;
  const end = words.indexOf(`</${name}>`, from);
  return end < 0 ? words.slice(from) : words.slice(from, end);
}

/** A slash command as Claude Code 2.1.330 writes it down: its `/name`, and the name with what was typed after it. */
export function slashCommand(words: string): { command: string; text: string } | null {
  if (!/^\s*<command-(name|message)>/.test(words)) return null;
  const command = tagged(words, "command-name")?.trim();
  if (!command) return null;
  const given = tagged(words, "command-args")?.trim();
  return { command, text: given ? `${command} ${given}` : command };
}

const printedTags = ["local-command-stdout", "local-command-stderr", "bash-stdout", "bash-stderr"];

/** What a local command printed, without its colours; null when these words are no such output. */
export function printedBy(words: string): string | null {
  if (!/^\s*<(local-command|bash)-std/.test(words)) return null;
  const parts = printedTags.map((name) => tagged(words, name)).filter((part) => part !== null);
  return plain(parts.filter((part) => part !== "").join("\n"));
}

const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, "g");
const plain = (words: string): string => words.replace(escapes, "");

/** What another session said, without the frame that Claude Code puts around it. */
export function peerWords(words: string): string {
  const inner = /<cross-session-message[^>]*>\n?([\s\S]*?)\n?<\/cross-session-message>/.exec(words);
  return text(inner?.[1]) ?? words;
}

/** A task notification in plain words: what happened, and the result. */
export function taskWords(words: string): string {
  const parts = [tagged(words, "summary"), tagged(words, "result")].filter((part) => part !== null);
  return parts.length > 0 ? parts.join("\n\n") : words;
}
