import { createPulse } from "../emulator/pulse.ts";
import type { TmuxCommand } from "./command-line.ts";

/** Tells the changes of a pane, and has tmux tell them only while somebody listens. */
export interface PaneWatch {
  beat(): void;
  listen(listener: () => void): Disposable;
  /** The connection is a new one; what was written meanwhile was not told. */
  renew(): void;
}

export interface PaneWatchDeps {
  ask(...commands: TmuxCommand[]): Promise<(readonly string[])[]>;
  readonly connection: { readonly session: string } | undefined;
}

/** One frame of a 60 Hz display. */
const frameMs = 16;

/**
 * tmux tells a control client what is written in the windows of its own session, so a window that is looked at is linked into
 * that one. Not by `refresh-client -A`: with every client's output off, tmux 3.3a no longer reads the pane, and the worker stops.
 */
export function createPaneWatch(window: string, deps: PaneWatchDeps): PaneWatch {
  const pulse = createPulse(frameMs);
  let listeners = 0;

  function link(on: boolean): void {
    const session = deps.connection?.session;
    if (!session) return; // It is done again at the return.
    const command: TmuxCommand = on
      ? ["link-window", "-d", "-s", window, "-t", `=${session}:`]
      : ["unlink-window", "-t", `=${session}:${window}`];
    deps.ask(command).catch(() => undefined); // The pane or the connection has ended, which is told.
  }

  return {
    beat: pulse.beat,
    listen(listener) {
      if (++listeners === 1) link(true);
      const entry = pulse.listen(listener);
      let listening = true;
      return {
        [Symbol.dispose]() {
          if (!listening) return;
          listening = false;
          entry[Symbol.dispose]();
          if (--listeners === 0) link(false);
        },
      };
    },
    renew() {
      if (listeners > 0) link(true);
      pulse.beat();
    },
  };
}
