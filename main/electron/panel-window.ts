import type { Electron } from "./electron.ts";
import { openPageWindow, type PageDeps, type PageWindow } from "./page-window.ts";

export interface PanelWindow extends Disposable {
  /** Brings the window to the front; makes it when there is none. */
  show(title: string): void;
  goTo: PageWindow["goTo"];
  readonly isOpen: boolean;
  readonly isFocused: boolean;
}

export interface PanelWindowDeps extends PageDeps {
  /** Told whenever it was opened or closed, or somebody may have begun to look. */
  changed(): void;
}

const looks = { width: 1080, height: 760, minWidth: 360, minHeight: 420, autoHideMenuBar: true };

/** The panel as an ordinary window: the door where there is no icon to click on. */
export function createPanelWindow(electron: Electron, deps: PanelWindowDeps): PanelWindow {
  let page: PageWindow | undefined;

  function open(): PageWindow {
    // Esc closes what is open in the page, but never the window.
    const opened = openPageWindow(electron, looks, deps, () => {});
    opened.window.on("page-title-updated", (event) => event.preventDefault());
    opened.window.on("focus", deps.changed);
    opened.window.on("minimize", opened.sleep);
    opened.window.on("restore", opened.wake);
    opened.window.once("closed", () => {
      page = undefined;
      deps.changed();
    });
    return opened;
  }

  function show(title: string): void {
    page ??= open();
    const { window } = page;
    page.wake();
    window.setTitle(title);
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    deps.changed();
  }

  return {
    show,
    goTo: (place) => page?.goTo(place),
    get isOpen() {
      return page !== undefined;
    },
    get isFocused() {
      return page?.window.isFocused() ?? false;
    },
    [Symbol.dispose]: () => page?.window.destroy(),
  };
}
