import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { believable, type Display, type Placing, placePopover, type Rect } from "./place.ts";

const rect = (x: number, y: number, width: number, height: number): Rect => ({ x, y, width, height });

/** A display with what is taken from its top, right, bottom and left. */
const display = (bounds: Rect, top = 0, right = 0, bottom = 0, left = 0): Display => ({
  bounds,
  workArea: rect(bounds.x + left, bounds.y + top, bounds.width - left - right, bounds.height - top - bottom),
});

const macBook = display(rect(0, 0, 1512, 982), 38, 0, 70);
const size = { width: 420, height: 640 };

const place = (given: Partial<Placing>) =>
  placePopover({ size, icon: null, cursor: { x: 10, y: 10 }, displays: [macBook], platform: "darwin", ...given });

describe("on macOS", () => {
  test("hangs centred below the icon", () => {
    expect(place({ icon: rect(1000, 0, 30, 38) })).toEqual(rect(805, 42, 420, 640));
  });

  test("keeps a margin to the right edge", () => {
    expect(place({ icon: rect(1480, 0, 30, 38) })).toEqual(rect(1084, 42, 420, 640));
  });

  test("comes up on the display of the icon: above, to the left, and below the main one", () => {
    const above = display(rect(200, -1080, 1920, 1080), 25);
    const left = display(rect(-1280, 100, 1280, 800), 25);
    const displays = [macBook, above, left] as const;
    expect(place({ displays, icon: rect(1500, -1080, 30, 24) })).toEqual(rect(1305, -1051, 420, 640));
    expect(place({ displays, icon: rect(-200, 100, 30, 24) })).toEqual(rect(-428, 129, 420, 640));
  });

  test("with a menu bar that hides itself, hangs below the icon and not over it", () => {
    const hidden = display(rect(0, 0, 1512, 982), 0, 0, 70);
    expect(place({ displays: [hidden], icon: rect(1000, 0, 30, 24) }).y).toBe(28);
  });

  test("goes to the top right of the cursor's display when nobody knows the icon, whatever the Dock takes", () => {
    const second = display(rect(1512, 0, 1920, 1080), 25, 0, 0, 80);
    expect(place({ displays: [macBook, second], cursor: { x: 2000, y: 500 } })).toEqual(rect(3004, 29, 420, 640));
  });

  test("is as low as there is room for", () => {
    const low = display(rect(0, 0, 800, 400), 25);
    expect(place({ displays: [low], icon: rect(400, 0, 30, 24) })).toEqual(rect(205, 25, 420, 367));
  });
});

describe("on Linux", () => {
  const screen = rect(0, 0, 1920, 1080);
  const on = (panel: Display, icon: Rect | null) => place({ platform: "linux", displays: [panel], icon });

  test.each([
    ["top", display(screen, 32), rect(1700, 0, 32, 32), rect(1492, 36, 420, 640)],
    ["bottom", display(screen, 0, 0, 44), rect(1700, 1040, 32, 32), rect(1492, 388, 420, 640)],
    ["left", display(screen, 0, 0, 0, 64), rect(16, 1000, 32, 32), rect(72, 432, 420, 640)],
    ["right", display(screen, 0, 64), rect(1870, 1000, 32, 32), rect(1428, 432, 420, 640)],
  ])("opens away from a panel at the %s", (_, panel, icon, expected) => {
    expect(on(panel, icon)).toEqual(expected);
  });

  test("takes the nearest edge when no panel takes room", () => {
    expect(on(display(screen), rect(1700, 1050, 24, 24)).y).toBe(1050 - 4 - 640 + 0);
  });

  test.each([
    ["a top panel beats a dock", display(screen, 32, 0, 0, 70), rect(1492, 36, 420, 640)],
    ["a bottom panel", display(screen, 0, 0, 44), rect(1492, 388, 420, 640)],
    ["a left panel", display(screen, 0, 0, 0, 64), rect(72, 432, 420, 640)],
  ])("without an icon goes to the end of %s", (_, panel, expected) => {
    expect(on(panel, null)).toEqual(expected);
  });
});

test("is always whole and inside the work area of one display", () => {
  const side = fc.integer({ min: 500, max: 4000 });
  const taken = fc.integer({ min: 0, max: 90 });
  const anywhere = fc.integer({ min: -9000, max: 9000 });
  const displays = fc
    .tuple(anywhere, anywhere, side, side, taken, taken, taken, taken)
    .map(([x, y, width, height, ...insets]) => display(rect(x, y, width, height), ...insets));
  const icons = fc.option(fc.tuple(anywhere, anywhere).map(([x, y]) => rect(x, y, 30, 24)));
  const platform = fc.constantFrom("darwin" as const, "linux" as const);
  fc.assert(
    fc.property(displays, displays, icons, anywhere, platform, (first, second, icon, x, platform) => {
      const at = placePopover({ size, icon, cursor: { x, y: x }, displays: [first, second], platform });
      const fits = ({ workArea: area }: Display) =>
        at.x >= area.x &&
        at.y >= area.y &&
        at.x + at.width <= area.x + area.width &&
        at.y + at.height <= area.y + area.height;
      expect([first, second].some(fits)).toBe(true);
    }),
  );
});

describe("an icon's place", () => {
  const believe = (places: (Rect | null)[], platform: NodeJS.Platform = "darwin", displays = [macBook]) =>
    believable(places, displays, platform);

  test("is the click's own first, then the last one known", () => {
    const [click, cached] = [rect(1000, 0, 30, 38), rect(900, 0, 30, 38)];
    expect(believe([click, cached])).toBe(click);
    expect(believe([null, cached])).toBe(cached);
    expect(believe([null, null])).toBeNull();
  });

  test.each([
    ["hidden by macOS 26", rect(0, 1117, 30, 24)],
    ["hidden, at this screen's height", rect(0, 982, 30, 24)],
    ["parked", rect(-11824, -688, 30, 24)],
    ["without size", rect(0, 0, 0, 0)],
    ["in the middle of the screen", rect(700, 400, 30, 24)],
    ["on a display that was unplugged", rect(2000, 0, 30, 24)],
  ])("is not believed when it is %s", (_, bounds) => {
    expect(believe([bounds])).toBeNull();
  });

  test("may be on any edge elsewhere than on macOS, but not outside", () => {
    const bottom = rect(1400, 960, 22, 22);
    expect(believe([bottom], "linux")).toBe(bottom);
    expect(believe([rect(0, 0, 0, 0)], "linux")).toBeNull();
    expect(believe([rect(1400, 2000, 22, 22)], "linux")).toBeNull();
  });
});
