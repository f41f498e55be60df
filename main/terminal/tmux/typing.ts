import { isAtLeast } from "./binary.ts";
import type { TmuxCommand } from "./command-line.ts";

const buffer = "claude-team-typing";

/**
 * Commands that write exactly this text to a pane, in steps. As a paste buffer: keys sent go to the scrolling of a person who
 * looks at the pane, and 200 kB of them take seconds (tmux 3.3a). Since 3.7 a paste is made harmless unless `-S` forbids it.
 * A NUL fits into no buffer.
 */
export function typing(text: string, pane: string, version: string): TmuxCommand[][] {
  const paste: TmuxCommand = ["paste-buffer", ...(isAtLeast(version, [3, 7]) ? ["-S"] : []), "-d", "-r", "-b", buffer];
  return Array.from(text.matchAll(/\0+|[^\0]+/g), ([piece]): TmuxCommand[] =>
    piece.startsWith("\0")
      ? [["send-keys", "-t", pane, "-H", ...Array.from(piece, () => "0")]]
      : [
          ["set-buffer", "-b", buffer, "--", piece],
          [...paste, "-t", pane],
        ],
  );
}
