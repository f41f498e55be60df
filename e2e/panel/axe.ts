import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright";
import { inElectron } from "./tab.ts";

/** What axe finds wrong with what the page shows: everything in the light, and once more in the dark what colours decide. Leaves it light. */
export async function faultsOf(
  page: Page,
  schemes: readonly ("dark" | "light")[] = ["dark", "light"],
): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    // Its usual way opens a second page, which Electron cannot.
    const axe = new AxeBuilder({ page }).setLegacyMode(inElectron);
    if (colorScheme === "dark") axe.withRules(["color-contrast", "link-in-text-block"]);
    const { violations } = await axe.analyze();
    for (const { id, nodes } of violations)
      found.push(...nodes.map(({ html, failureSummary }) => `${colorScheme} ${id}: ${html}\n${failureSummary}`));
  }
  return found;
}
