import type { Pipe } from "../../contract/frame.ts";

/** What the preload exposes, and nothing else. */
export interface ClaudeTeam {
  post(frame: unknown): void;
  /** Each new listener takes the place of the one before. */
  onFrame(listener: (frame: unknown) => void): void;
  onClose(listener: () => void): void;
}

declare global {
  interface Window {
    readonly claudeTeam?: ClaudeTeam;
  }
}

/** The pipe to Electron's main process. The hello makes main send a snapshot first, also after a reload of this page. */
export function openElectron(claudeTeam: ClaudeTeam): Pipe {
  claudeTeam.post({ kind: "hello" });
  return {
    post: (frame) => claudeTeam.post(frame),
    onFrame: (listener) => claudeTeam.onFrame(listener),
    onClose: (listener) => claudeTeam.onClose(listener),
    close: () => claudeTeam.post({ kind: "bye" }),
  };
}
