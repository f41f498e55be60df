import { relative, resolve } from "node:path/posix";
import type { Caller } from "../../contract/commands.ts";
import { type Input, toInput } from "../terminal/paste.ts";

/** What is typed for this caller's message to a worker in `cwd`. Throws as `toInput` does. */
export function inputFrom(text: string, as: "text" | "command", cwd: string, by: Caller): Input {
  const input = toInput(text, as);
  if (by === "person") return input;
  // As it would be typed: what is not printable could part an @ from its path until then.
  const { text: kept, notes } = withoutReach(input.plain, cwd);
  return notes.length === 0 ? input : { ...toInput(kept, as), notes: [...input.notes, ...notes] };
}

/** An `@` behind anything but a word, and what follows it in quotes or up to the next white space. */
const mention = /(?<!\w)@(?="([^"]+)|(\S+))/g;

/**
 * A manager's text in which no mention leads out of the worker's directory: Claude Code 2.1.330 reads a mentioned file at once,
 * wherever it is, and asks nobody. Behind a space it is only a word, and a worker that wants to read it must ask. `notes` as in
 * terminal/paste.ts. Pure.
 */
export function withoutReach(text: string, cwd: string): { text: string; notes: string[] } {
  let count = 0;
  const kept = text.replace(mention, (at, quoted?: string, bare?: string) => {
    if (!leadsOut(quoted ?? bare ?? "", cwd)) return at;
    count++;
    return `${at} `;
  });
  return { text: kept, notes: count > 0 ? [`put a space after ${count} @ that leads out of the project`] : [] };
}

function leadsOut(path: string, cwd: string): boolean {
  if (path.startsWith("~")) return true;
  const way = relative(cwd, resolve(cwd, path));
  return way === ".." || way.startsWith("../");
}
