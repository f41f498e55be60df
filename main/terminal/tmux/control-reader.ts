import { StringDecoder } from "node:string_decoder";

/** One thing that tmux says in control mode. */
export type Said =
  /** What one command of ours printed, or why it was refused. */
  | { readonly is: "reply"; readonly ok: boolean; readonly lines: readonly string[] }
  /** The pane wrote something; its bytes are not kept, since the screen is captured instead. */
  | { readonly is: "output"; readonly pane: string }
  | { readonly is: "notice"; readonly name: string; readonly rest: string }
  /** A reply was longer than it can be: what is ours in the stream and what a pane shows cannot be told apart any more. */
  | { readonly is: "lost" };

interface Block {
  /** Time, number and flags: what tells the block's end from a line that only looks like one. */
  readonly guard: string;
  readonly lines: string[];
  /** So many lines belong to it whatever they say; undefined when that is not known. */
  readonly rows: number | undefined;
}

/**
 * Cuts what a control client (`tmux -C`) prints into what it says; pieces may be cut anywhere, also inside a character. `rows` is
 * asked at each reply: a pane's rows hold what a worker wrote, which may be the very end that tmux would write, so they are counted.
 */
export function createControlReader(
  tell: (said: Said) => void,
  rows: () => number | undefined = () => undefined,
): (bytes: Buffer) => void {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  let block: Block | undefined;
  let isLost = false;

  function read(line: string): void {
    if (isLost) return;
    if (!block) {
      block = opened(line, rows);
      if (!block) announce(line, tell);
      return;
    }
    const isCounted = block.rows !== undefined;
    const isFull = block.lines.length === block.rows;
    const ended = isCounted && !isFull ? undefined : endOf(line, block);
    if (ended === undefined) {
      block.lines.push(line);
      isLost = isFull;
      if (isLost) tell({ is: "lost" });
      return;
    }
    if (isOurs(block.guard)) tell({ is: "reply", ok: ended, lines: block.lines });
    block = undefined;
  }

  return (bytes) => {
    rest += decoder.write(bytes);
    let from = 0;
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n", from)) {
      read(rest.slice(from, end));
      from = end + 1;
    }
    rest = rest.slice(from);
  };
}

function opened(line: string, rows: () => number | undefined): Block | undefined {
  if (!line.startsWith("%begin ")) return undefined;
  const guard = line.slice("%begin ".length);
  return { guard, lines: [], rows: isOurs(guard) ? rows() : undefined };
}

/** Blocks of hooks and of the client's own command line bear another flag. */
const isOurs = (guard: string): boolean => guard.endsWith(" 1");

/** Whether the command was carried out; undefined while its block goes on. */
function endOf(line: string, { guard }: Block): boolean | undefined {
  if (line === `%end ${guard}`) return true;
  return line === `%error ${guard}` ? false : undefined;
}

function announce(line: string, tell: (said: Said) => void): void {
  const [, name, rest = ""] = /^%([\w-]+) ?(.*)$/s.exec(line) ?? [];
  if (!name) return;
  if (name !== "output") tell({ is: "notice", name, rest });
  else tell({ is: "output", pane: rest.slice(0, rest.indexOf(" ")) });
}
