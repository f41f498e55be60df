import { join } from "node:path";
import type { Menu, Rectangle } from "electron";
import type { Electron } from "../electron.ts";
import type { Rect } from "../popover/place.ts";
import type { Deed, MenuItem, MenuState } from "./menu.ts";
import { menuOf } from "./menu.ts";
import { type Standing, sentenceOf, titleOf } from "./standing.ts";

export interface IconDeps {
  /** The folder of the drawn icons; absolute. */
  readonly assets: string;
  readonly platform: NodeJS.Platform;
  /** Asked when the menu is about to be seen. */
  menu(): MenuState;
  clicked(icon: Rect): void;
  chosen(deed: Deed): void;
}

/** The icon in the menu bar or the panel. */
export interface Icon extends Disposable {
  show(standing: Standing): void;
  /** What the system says; not to be trusted (see believable). */
  bounds(): Rect;
}

/** Makes the icon: a click opens the popover, a right click the menu. On Linux desktops the menu is the only sure thing. */
export function createIcon(electron: Electron, { assets, platform, menu, clicked, chosen }: IconDeps): Icon {
  const mac = platform === "darwin";
  const images = imagesFor(electron, assets, mac);
  const tray = new electron.Tray(images.calm);
  const build = () => buildMenu(electron, menuOf(menu()), chosen);

  tray.setIgnoreDoubleClickEvents(true);
  tray.on("click", (event, bounds) => {
    if (mac && event.ctrlKey) tray.popUpContextMenu(build());
    else clicked(mac ? bounds : placeOf(electron, bounds));
  });
  // Not setContextMenu: on macOS it would take the left click too.
  if (mac) tray.on("right-click", () => tray.popUpContextMenu(build()));

  function show(standing: Standing): void {
    tray.setToolTip(`Claude Team: ${sentenceOf(standing)}`);
    if (mac) tray.setTitle(titleOf(standing), { fontType: "monospacedDigit" });
    if (mac) return;
    tray.setImage(standing.asking > 0 ? images.asking : images.calm);
    tray.setContextMenu(build());
  }

  return { show, bounds: () => tray.getBounds(), [Symbol.dispose]: () => tray.destroy() };
}

/** Beside each file stands its @2x. macOS draws a template itself, light or dark; elsewhere a dot says that somebody asks. */
function imagesFor({ nativeImage }: Electron, assets: string, mac: boolean) {
  const image = (name: string) => nativeImage.createFromPath(join(assets, `${name}.png`));
  if (!mac) return { calm: image("tray"), asking: image("tray-asking") };
  const template = image("tray-template");
  template.setTemplateImage(true);
  return { calm: template, asking: template };
}

/** Linux often tells no bounds; then the click was where the cursor is. */
function placeOf({ screen }: Electron, bounds: Rectangle): Rect {
  return bounds.width > 0 ? bounds : { ...screen.getCursorScreenPoint(), width: 1, height: 1 };
}

function buildMenu({ Menu }: Electron, groups: readonly (readonly MenuItem[])[], chosen: (deed: Deed) => void): Menu {
  const template = groups.flatMap((group, index) => [
    ...(index > 0 ? [{ type: "separator" as const }] : []),
    ...group.map(({ label, deed, checked }) => ({
      label,
      enabled: deed !== null,
      ...(checked === undefined ? {} : { type: "checkbox" as const, checked }),
      click: () => deed && chosen(deed),
    })),
  ]);
  return Menu.buildFromTemplate(template);
}
