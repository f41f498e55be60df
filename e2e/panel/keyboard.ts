import type { Locator, Page } from "playwright";

const mostPresses = 60;

/** Presses Tab, or Shift+Tab, until this has the focus: what a person without a mouse has to do. */
export async function tabTo(page: Page, wanted: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  const hasFocus = () => wanted.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < mostPresses; presses++) {
    await page.keyboard.press(key);
    if (await hasFocus()) return;
  }
  throw new Error(`${key} does not lead to ${wanted}`);
}

/** Goes there by Tab, and presses it. */
export async function press(page: Page, wanted: Locator, key = "Enter"): Promise<void> {
  await wanted.waitFor();
  await tabTo(page, wanted);
  await page.keyboard.press(key);
}
