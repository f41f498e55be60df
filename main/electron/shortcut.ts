import type { Electron } from "./electron.ts";

export type ShortcutState = "none" | "works" | { readonly taken: string };

export interface Shortcut extends Disposable {
  /** Takes the place of the one before; null is none. */
  set(accelerator: string | null): void;
  readonly state: ShortcutState;
}

/** One key for the whole system; pressed again, it does the same again. */
export function createShortcut({ globalShortcut }: Electron, pressed: () => void): Shortcut {
  let current: string | null = null;
  let state: ShortcutState = "none";

  function release(): void {
    if (current !== null && state === "works") globalShortcut.unregister(current);
    state = "none";
  }

  return {
    set(accelerator) {
      if (accelerator === current) return;
      release();
      current = accelerator;
      if (accelerator !== null)
        state = register(globalShortcut, accelerator, pressed) ? "works" : { taken: accelerator };
    },
    get state() {
      return state;
    },
    [Symbol.dispose]: release,
  };
}

function register(globalShortcut: Electron["globalShortcut"], accelerator: string, pressed: () => void): boolean {
  try {
    return globalShortcut.register(accelerator, pressed);
  } catch {
    // Not an accelerator on this system: to the person it is as useless as a taken one.
    return false;
  }
}
