import type { Electron } from "../electron.ts";
import { believable, type Display, placePopover, type Rect, type Size } from "./place.ts";

/** Where the icon and the displays are now. */
export interface Surroundings {
  clicked(icon: Rect): void;
  /** False when the icon cannot be where the system says: macOS 26 hides icons without a word. */
  readonly hasIcon: boolean;
  place(size: Size): Rect;
}

/** `iconBounds` is what the system says of the icon; it may be wrong, and a click knows better. */
export function createSurroundings(
  { screen }: Electron,
  platform: NodeJS.Platform,
  iconBounds: () => Rect,
): Surroundings {
  let lastClick: Rect | null = null;

  const icon = () => believable([lastClick, iconBounds()], screen.getAllDisplays(), platform);

  return {
    clicked(bounds) {
      lastClick = bounds;
    },
    get hasIcon() {
      return icon() !== null;
    },
    place(size) {
      const displays: [Display, ...Display[]] = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()];
      return placePopover({ size, icon: icon(), cursor: screen.getCursorScreenPoint(), displays, platform });
    },
  };
}
