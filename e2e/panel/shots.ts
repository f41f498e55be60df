import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright";

const folder = join(import.meta.dirname, "../shots");
const wide = { width: 1180, height: 800 };
const narrow = { width: 400, height: 720 };

/** Keeps four pictures of what the page shows: light and dark, wide and narrow. Leaves it light and wide. */
export async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [width, viewport] of [["narrow", narrow] as const, ["wide", wide] as const]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) });
    }
  }
}
