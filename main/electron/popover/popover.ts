import type { BrowserWindow } from "electron";
import type { Electron } from "../electron.ts";
import type { Kept } from "../kept.ts";
import { openPageWindow, type PageDeps, type PageWindow } from "../page-window.ts";
import type { WhileDialog } from "../while-dialog.ts";
import type { Rect } from "./place.ts";
import type { Surroundings } from "./surroundings.ts";

export interface PopoverDeps extends PageDeps {
  readonly kept: Kept;
  readonly dialogs: WhileDialog;
  readonly surroundings: Surroundings;
  readonly platform: NodeJS.Platform;
  /** Told whenever somebody may have begun or ended to look. */
  changed(): void;
}

export interface Popover extends Disposable {
  /** A click on the icon: opens next to it, or hides. */
  clicked(): void;
  /** Opens next to the icon, or where it would be. */
  show(): void;
  hide(): void;
  readonly goTo: PageWindow["goTo"];
  readonly isOpen: boolean;
  /** Open, and the keys go to it. */
  readonly isFocused: boolean;
}

const defaultSize = { width: 420, height: 640 };

/** A click on the icon that follows a blur so soon is the click that caused the blur. */
const reclickMs = 200;

const looks = {
  ...defaultSize,
  minWidth: 320,
  minHeight: 400,
  frame: false,
  resizable: true,
  movable: false,
  minimizable: false,
  maximizable: false,
  fullscreenable: false,
  skipTaskbar: true,
  alwaysOnTop: true,
  hiddenInMissionControl: true,
};

/** The popover: made at once and hidden, so that opening it is only showing it. A pinned one stays when the person clicks elsewhere. */
export function createPopover(electron: Electron, deps: PopoverDeps): Popover {
  const { kept, surroundings, changed } = deps;
  const page = openPageWindow(electron, deps.platform === "darwin" ? { ...looks, type: "panel" } : looks, deps, hide);
  const { window } = page;
  let placed: Rect | undefined;
  let blurredAt = Number.NEGATIVE_INFINITY;

  if (deps.platform === "darwin") floatOnEverySpace(window);
  window.on("close", (event) => {
    event.preventDefault();
    hide();
  });
  window.on("blur", leave);
  window.on("focus", changed);
  // macOS tells of no blur when another status item is clicked (electron/electron#7759).
  electron.app.on("did-resign-active", leave);
  electron.screen.on("display-removed", hide);

  function leave(): void {
    if (!window.isVisible() || kept.values.pinned || deps.dialogs.isOpen || window.webContents.isDevToolsFocused())
      return;
    blurredAt = Date.now();
    hide();
  }

  function show(): void {
    placed = surroundings.place(kept.values.size ?? defaultSize);
    window.setBounds(placed);
    page.wake();
    window.show();
    window.focus();
    changed();
  }

  function hide(): void {
    if (!window.isVisible()) return;
    keepSize(window.getBounds());
    window.hide();
    page.sleep();
    changed();
  }

  /** Only what the person did counts, not what a small display made of it. */
  function keepSize({ width, height }: Rect): void {
    if (placed && (width !== placed.width || height !== placed.height)) kept.change({ size: { width, height } });
  }

  return {
    clicked() {
      if (window.isVisible()) hide();
      else if (Date.now() - blurredAt > reclickMs) show();
    },
    show,
    hide,
    goTo: page.goTo,
    get isOpen() {
      return window.isVisible();
    },
    get isFocused() {
      return window.isVisible() && window.isFocused();
    },
    [Symbol.dispose]() {
      electron.app.off("did-resign-active", leave);
      electron.screen.off("display-removed", hide);
      window.destroy();
    },
  };
}

/** Without the last option Electron would change the kind of the app, and show or flash its Dock icon (electron/electron#25368). */
function floatOnEverySpace(window: BrowserWindow): void {
  window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
  // Not higher: dialogs of ours have to stand above it.
  window.setAlwaysOnTop(true, "floating");
}
