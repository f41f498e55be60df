import { createPulse } from "../emulator/pulse.ts";
import type { TmuxCommand } from "./command-line.ts";

/** Tells the changes of a pane, and has tmux tell them only while somebody listens. */
export interface PaneWatch {
  /** Something was written to the pane. */
  wrote(): void;
  /** Something else changed what it shows. */
  beat(): void;
  listen(listener: () => void): Disposable;
  /** The connection is a new one; what was written meanwhile was not told. */
  renew(): void;
  /** tmux tells of a closed window: true when that was only our own link to it. */
  closed(): boolean;
}

export interface PaneWatchDeps {
  ask(...commands: TmuxCommand[]): Promise<(readonly string[])[]>;
  readonly connection: { readonly session: string } | undefined;
}

/** One frame of a 60 Hz display. */
const frameMs = 16;

/**
 * tmux tells a control client what is written in the windows of its own session, so a window that is looked at is linked into
 * that one. Not by `refresh-client -A`: to turn a busy pane's output off ends the tmux 3.3a server every other time. The first
 * words are enough: then the link is taken away until the change is told, else the answers to our calls wait behind a flood.
 */
export function createPaneWatch(window: string, deps: PaneWatchDeps): PaneWatch {
  const pulse = createPulse(frameMs);
  const link = createWindowLink(window, deps);
  let listeners = 0;
  let relink: Disposable | undefined;

  return {
    wrote() {
      link.take();
      pulse.beat();
    },
    beat: pulse.beat,
    listen(listener) {
      if (++listeners === 1) {
        link.put();
        // The first to be told: what a listener then reads comes behind the link, so nothing is missed between.
        relink = pulse.listen(link.put);
      }
      const entry = pulse.listen(listener);
      let listening = true;
      return {
        [Symbol.dispose]() {
          if (!listening) return;
          listening = false;
          entry[Symbol.dispose]();
          if (--listeners > 0) return;
          relink?.[Symbol.dispose]();
          link.take();
        },
      };
    },
    renew() {
      link.lost();
      if (listeners > 0) link.put();
      pulse.beat();
    },
    closed: link.closed,
  };
}

/** The window's link in our session, there or not. */
function createWindowLink(window: string, deps: PaneWatchDeps) {
  let linked = false;
  /** Links taken away of which tmux has not told yet. */
  let leaving = 0;

  return {
    put(): void {
      const session = deps.connection?.session;
      if (linked || !session) return; // Without a connection it is done at the return.
      linked = true;
      deps.ask(["link-window", "-d", "-s", window, "-t", `=${session}:`]).catch(() => {
        linked = false; // The pane or the connection has ended, which is told.
      });
    },
    take(): void {
      const session = deps.connection?.session;
      if (!linked || !session) return;
      linked = false;
      leaving++;
      deps.ask(["unlink-window", "-t", `=${session}:${window}`]).catch(() => {
        leaving = Math.max(0, leaving - 1);
      });
    },
    lost(): void {
      linked = false;
      leaving = 0;
    },
    closed(): boolean {
      if (leaving === 0) return false;
      leaving--;
      return true;
    },
  };
}
