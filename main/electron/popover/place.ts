/** All in Electron's device-independent points, so a display's scale never matters. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
export type Rect = Point & Size;

/** Of Electron's Display: all of it, and what menu bar, dock and panels leave free. */
export interface Display {
  readonly bounds: Rect;
  readonly workArea: Rect;
}

export interface Placing {
  readonly size: Size;
  /** Where the icon is; null when nobody knows. */
  readonly icon: Rect | null;
  /** Names the display when the icon does not. */
  readonly cursor: Point;
  readonly displays: readonly [Display, ...Display[]];
  readonly platform: NodeJS.Platform;
}

type Edge = "top" | "bottom" | "left" | "right";

const gap = 4;
const margin = 8;
/** The tallest menu bar is the one beside a notch; a click's bounds may begin some points lower. */
const menuBar = 44;

/** Where the popover goes: next to its icon on the icon's display, whole, and inside the work area. */
export function placePopover({ size, icon, cursor, displays, platform }: Placing): Rect {
  const display = nearest(displays, icon ? middle(icon) : cursor);
  const room = shrink(display.workArea);
  const fit = { width: Math.min(size.width, room.width), height: Math.min(size.height, room.height) };
  const at = icon ? beside(icon, fit, display, platform) : corner(fit, display, platform);
  const x = clamp(at.x, room.x, room.x + room.width - fit.width);
  return { x: Math.round(x), y: Math.round(clamp(at.y, room.y, room.y + room.height - fit.height)), ...fit };
}

/**
 * The first of these places where an icon can really be, such as the click's bounds, then the last one known. macOS 26 tells
 * (0, screen height) for an icon it hides and far negative places for a parked one, and fails nowhere.
 */
export function believable(
  places: readonly (Rect | null)[],
  displays: readonly Display[],
  platform: NodeJS.Platform,
): Rect | null {
  const is = platform === "darwin" ? inMenuBar : inside;
  return places.find((place) => place && place.width > 0 && displays.some((display) => is(place, display))) ?? null;
}

function inMenuBar(icon: Rect, { bounds }: Display): boolean {
  const down = icon.y - bounds.y;
  const across = middle(icon).x - bounds.x;
  return down >= -1 && down + icon.height <= menuBar && across >= 0 && across <= bounds.width;
}

function inside(icon: Rect, { bounds }: Display): boolean {
  const { x, y } = middle(icon);
  return x >= bounds.x && x <= bounds.x + bounds.width && y >= bounds.y && y <= bounds.y + bounds.height;
}

function beside(icon: Rect, size: Size, display: Display, platform: NodeJS.Platform): Point {
  const { x, y } = middle(icon);
  const { workArea } = display;
  const across = { x: x - size.width / 2, y: y - size.height / 2 };
  switch (platform === "darwin" ? "top" : edgeOf(icon, display)) {
    case "top":
      return { x: across.x, y: Math.max(icon.y + icon.height, workArea.y) + gap };
    case "bottom":
      return { x: across.x, y: Math.min(icon.y, workArea.y + workArea.height) - gap - size.height };
    case "left":
      return { x: Math.max(icon.x + icon.width, workArea.x) + gap, y: across.y };
    case "right":
      return { x: Math.min(icon.x, workArea.x + workArea.width) - gap - size.width, y: across.y };
  }
}

/** The edge that the icon lies at: of those that a panel has taken, else of all, since panels may hide themselves. */
function edgeOf(icon: Rect, display: Display): Edge {
  const { bounds } = display;
  const { x, y } = middle(icon);
  const away: Record<Edge, number> = {
    top: y - bounds.y,
    bottom: bounds.y + bounds.height - y,
    left: x - bounds.x,
    right: bounds.x + bounds.width - x,
  };
  const taken = takenEdges(display).filter((edge) => away[edge] <= insets(display)[edge]);
  const candidates = taken.length > 0 ? taken : (["top", "bottom", "left", "right"] as const);
  return candidates.reduce((best, edge) => (away[edge] < away[best] ? edge : best));
}

/** Without an icon: macOS has status items at the top right; a panel elsewhere has them at its far end. */
function corner(size: Size, display: Display, platform: NodeJS.Platform): Point {
  const { x, y, width, height } = display.workArea;
  const taken = platform === "darwin" ? ["top"] : takenEdges(display);
  const top = taken.includes("top");
  const left = !top && !taken.includes("bottom") && taken.includes("left");
  return { x: left ? x : x + width - size.width, y: top ? y + gap : y + height - size.height - gap };
}

function insets({ bounds, workArea }: Display): Record<Edge, number> {
  return {
    top: workArea.y - bounds.y,
    bottom: bounds.y + bounds.height - (workArea.y + workArea.height),
    left: workArea.x - bounds.x,
    right: bounds.x + bounds.width - (workArea.x + workArea.width),
  };
}

function takenEdges(display: Display): Edge[] {
  const inset = insets(display);
  return (["top", "bottom", "left", "right"] as const).filter((edge) => inset[edge] > 0);
}

function nearest(displays: readonly [Display, ...Display[]], to: Point): Display {
  return displays.reduce((best, display) =>
    distance(display.bounds, to) < distance(best.bounds, to) ? display : best,
  );
}

function distance({ x, y, width, height }: Rect, to: Point): number {
  return Math.hypot(to.x - clamp(to.x, x, x + width), to.y - clamp(to.y, y, y + height));
}

/** A margin to the sides only: under a menu bar the popover hangs right below. */
const shrink = ({ x, y, width, height }: Rect): Rect => ({
  x: x + margin,
  y,
  width: width - 2 * margin,
  height: height - margin,
});

const middle = ({ x, y, width, height }: Rect): Point => ({ x: x + width / 2, y: y + height / 2 });

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));
