import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright";
import { expect } from "vitest";
import { faultsOf } from "./axe.ts";
import { renewing } from "./baseline.ts";
import { bringLetters } from "./letters.ts";
import { inElectron } from "./tab.ts";

const folder = join(import.meta.dirname, "../shots");
const sizes = {
  small: { width: 320, height: 560 },
  popover: { width: 420, height: 640 },
  wide: { width: 1180, height: 800 },
};

/**
 * Looks at one state of the panel, and is the only way to a picture of it: nothing may stick out, however small the window, and
 * axe finds nothing in the popover nor beside the list, light and dark. Keeps the pictures. Leaves it light and wide.
 */
export async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (renewing) await bringLetters(page);
  const faults: string[] = [];
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    faults.push(...(await page.evaluate(sticksOut)).map((what) => `${name}, ${size}: ${what}`));
    if (size === "small") continue;
    // Colours do not depend on the size.
    const found = await (size === "wide" ? faultsOf(page) : faultsOf(page, ["light"]));
    faults.push(...found.map((what) => `${name}, ${size}: ${what}`));
    if (!inElectron) await take(page, `${name}-${size}`);
  }
  expect(faults).toEqual([]);
}

async function take(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
}

/** Runs inside the page: what reaches beyond the window's sides, or must be scrolled sideways although it is no code. */
const sticksOut = () => {
  const clips = (element: Element) => getComputedStyle(element).overflowX !== "visible";
  const clipped = ({ parentElement }: Element): boolean =>
    parentElement !== null && (clips(parentElement) || clipped(parentElement));
  const outside = (element: Element) => {
    const { left, right } = element.getBoundingClientRect();
    return (left < 0 || right > innerWidth + 0.5) && !clipped(element);
  };
  const scrolls = (element: Element) =>
    getComputedStyle(element).overflowX === "auto" &&
    element.scrollWidth > element.clientWidth &&
    !element.matches(".screen, pre, .wide-table");
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.checkVisibility() && (outside(element) || scrolls(element)))
    .map((element) => element.outerHTML.slice(0, 120));
};
