import { type Ending, lastWords, tellOnce } from "../process/ending.ts";
import type { Exit } from "../terminal.ts";
import type { TmuxCommand } from "./command-line.ts";
import type { PaneView } from "./pane-view.ts";

/** How a pane's command ended. It is told from the pane, which then goes; as long as nobody wants to know, it stays. */
export interface PaneEnd {
  readonly how: Ending | undefined;
  /** There is no pane any more. */
  readonly over: boolean;
  /** Somebody wants to know: resolves when the pane is gone. */
  told(): Promise<Exit>;
  tell(listener: (exit: Exit) => void): Disposable;
  /** The command has ended, and the pane still shows it. */
  ended(how: Ending): void;
  /** The pane is no longer there. */
  vanished(reason: string): void;
}

export interface PaneEndDeps {
  ask(...commands: TmuxCommand[]): Promise<(readonly string[])[]>;
  /** There is no pane any more. */
  forget(): void;
}

export function createPaneEnd(pane: string, view: PaneView, { ask, forget }: PaneEndDeps): PaneEnd {
  let how: Ending | undefined;
  let wanted = false;
  let concluding = false;
  let over = false;
  let resolve = (_: Exit) => {};
  const exit = new Promise<Exit>((done) => {
    resolve = done;
  });

  async function conclude(ending: Ending, isThere: boolean): Promise<void> {
    if (concluding) return;
    concluding = true;
    const screen = isThere ? await view.screen().catch(view.last) : view.last();
    if (isThere) await ask(["kill-pane", "-t", pane]).catch(() => undefined); // Another host was first.
    over = true;
    forget();
    resolve({ ...ending, lastWords: lastWords(screen) });
  }

  function told(): Promise<Exit> {
    wanted = true;
    if (how) void conclude(how, true);
    return exit;
  }

  return {
    get how() {
      return how;
    },
    get over() {
      return over;
    },
    told,
    tell: (listener) => tellOnce(told(), listener),
    ended(ending) {
      how ??= ending;
      if (wanted) void conclude(how, true);
    },
    vanished(reason) {
      how ??= { code: null, reason };
      void conclude(how, false);
    },
  };
}
