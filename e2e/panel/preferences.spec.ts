import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright";
import { expect, test } from "vitest";
import { needsChromium } from "../needs.ts";
import { longHistory, told } from "./conversations.ts";
import { scriptedPages, see } from "./panel.ts";
import type { Scripted } from "./scripted.ts";
import { stateOf, team } from "./states.ts";
import { inElectron } from "./tab.ts";

/** What a person has told the system about contrast, colours and motion counts here too. */
needsChromium("a person's preferences", () => {
  const openPage = scriptedPages();
  let stage: Scripted;

  /** The list, and beside it the page of one that asks. */
  async function open(): Promise<Page> {
    stage = await openPage(stateOf(team));
    const { page } = stage;
    stage.answers(told({ [team[0]?.id ?? ""]: longHistory(4) }));
    await page.getByRole("button", { name: /^Needs you tests/ }).click();
    await see(page.getByText("Part 3 is done")).toBeVisible();
    return page;
  }

  test.each(["light", "dark"] as const)("more contrast: every text has seven to one, %s", async (colorScheme) => {
    const page = await open();
    await page.emulateMedia({ colorScheme, contrast: "more" });
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(inElectron)
      .withRules(["color-contrast-enhanced"])
      .analyze();
    expect(
      violations.flatMap(({ nodes }) => nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)),
    ).toEqual([]);
  });

  test("less motion: nothing moves, where else a glyph shows that somebody works", async () => {
    const page = await open();
    const moving = () =>
      page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === "running").length);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await see.poll(moving).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await see.poll(moving).toBe(0);
  });

  test("the system's own colours: what a glyph shows by its fill still differs from phase to phase", async () => {
    const page = await open();
    await page.emulateMedia({ forcedColors: "active" });
    const pictures = await Promise.all(
      ["asking", "working", "starting", "idle", "gone"].map(async (phase) => {
        const glyph = page.locator(`.team .glyph-${phase} svg`).first();
        return (await glyph.screenshot()).toString("base64");
      }),
    );
    expect(new Set(pictures).size).toBe(pictures.length);
  });
});
