import type { Pipe } from "../../contract/frame.ts";

/** What the preload exposes, and nothing else. */
export interface ClaudeTeam {
  post(frame: unknown): void;
  /** Each new listener takes the place of the one before. */
  onFrame(listener: (frame: unknown) => void): void;
  onClose(listener: () => void): void;
  /** Where a dropped file or folder is; "" when it is not on a disk. */
  pathOf?(file: File): string;
}

declare global {
  interface Window {
    readonly claudeTeam?: ClaudeTeam;
  }
}

/**
 * The pipe to Electron's main process. The hello makes main send a snapshot first, also after a reload of this page. `goTo` is
 * told where the person wants to be (from a notification, a link, the menu): a worker's id, or `settings`.
 */
export function openElectron(claudeTeam: ClaudeTeam, goTo: (place: string) => void): Pipe {
  claudeTeam.post({ kind: "hello" });
  return {
    post: (frame) => claudeTeam.post(frame),
    onFrame: (listener) =>
      claudeTeam.onFrame((frame) => {
        const { kind, to } = frame as { kind: string; to: string };
        if (kind === "go") goTo(to);
        else listener(frame);
      }),
    onClose: (listener) => claudeTeam.onClose(listener),
    close: () => claudeTeam.post({ kind: "bye" }),
  };
}
