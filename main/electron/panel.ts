import type { Electron } from "./electron.ts";
import type { Kept } from "./kept.ts";
import type { PageDeps } from "./page-window.ts";
import { createPanelWindow } from "./panel-window.ts";
import type { Rect } from "./popover/place.ts";
import { createPopover } from "./popover/popover.ts";
import { createSurroundings } from "./popover/surroundings.ts";
import type { WhileDialog } from "./while-dialog.ts";

export interface PanelDeps extends PageDeps {
  readonly kept: Kept;
  readonly dialogs: WhileDialog;
  readonly platform: NodeJS.Platform;
  iconBounds(): Rect;
  /** Told whenever somebody begins or ends to look. */
  changed(): void;
}

/** What the person looks at: the popover, or a window where there is no icon for it to hang from. */
export interface Panel extends Disposable {
  /** Brings it to the front, at `place` if one is given: a worker's id, or `settings`. */
  show(place?: string): void;
  /** The popover next to the icon, or where the icon would be. */
  showPopover(): void;
  clicked(icon: Rect): void;
  /** Shows it, or hides it where it has the keys. */
  toggle(): void;
  readonly isLookedAt: boolean;
}

const title = "Claude Team";
const hiddenTitle = `${title} (its icon is hidden: System Settings → Menu Bar)`;

export function createPanel(electron: Electron, deps: PanelDeps): Panel {
  const { platform } = deps;
  const mac = platform === "darwin";
  const surroundings = createSurroundings(electron, platform, deps.iconBounds);
  const popover = createPopover(electron, { ...deps, surroundings });
  const window = createPanelWindow(electron, { ...deps, changed: windowChanged });
  let over = false;

  /** An app without a window has no place in the Dock, one with a window has. */
  function windowChanged(): void {
    if (mac) electron.app.setActivationPolicy(window.isOpen ? "regular" : "accessory");
    deps.changed();
  }

  function show(place?: string): void {
    if (over) return; // a further start while this one ends
    const inWindow = window.isOpen || !surroundings.hasIcon;
    if (inWindow) window.show(mac ? hiddenTitle : title);
    else popover.show();
    if (place !== undefined) (inWindow ? window : popover).goTo(place);
  }

  return {
    show,
    showPopover: popover.show,
    clicked(icon) {
      surroundings.clicked(icon);
      popover.clicked();
    },
    toggle() {
      if (popover.isFocused) popover.hide();
      else show();
    },
    get isLookedAt() {
      return popover.isFocused || window.isFocused;
    },
    [Symbol.dispose]() {
      over = true;
      window[Symbol.dispose]();
      popover[Symbol.dispose]();
    },
  };
}
