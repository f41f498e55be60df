import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright";

/** What axe finds wrong with what the page shows: everything in the light, and once more in the dark what colours decide. Leaves it light. */
export async function faultsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page });
    if (colorScheme === "dark") axe.withRules(["color-contrast", "link-in-text-block"]);
    const { violations } = await axe.analyze();
    for (const { id, nodes } of violations)
      found.push(...nodes.map(({ html, failureSummary }) => `${colorScheme} ${id}: ${html}\n${failureSummary}`));
  }
  return found;
}
