import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import type { Page } from "playwright";

const [sans, mono] = ["Inter Variable", "JetBrains Mono Variable"];
const packages = ["inter", "jetbrains-mono"];
const theme = `:root { --sans: "${sans}"; --mono: "${mono}"; }`;

/** Rasterises letters alike, whatever the machine prefers. */
export const plainLetters = [
  "--font-render-hinting=none",
  "--disable-lcd-text",
  "--disable-font-subpixel-positioning",
  "--force-color-profile=srgb",
];

/** Has the page of a spec write in bundled letters instead of the system's. */
export async function bringLetters(page: Page): Promise<void> {
  const base = new URL("/letters/", page.url());
  await page.route(`${base}**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice(base.pathname.length);
    if (path === "theme.css") return route.fulfill({ contentType: "text/css", body: theme });
    const [name = "", ...file] = path.split("/");
    const folder = dirname(createRequire(import.meta.url).resolve(`@fontsource-variable/${name}/package.json`));
    const contentType = extname(path) === ".css" ? "text/css" : "font/woff2";
    await route.fulfill({ contentType, body: await readFile(join(folder, ...file)) });
  });
  for (const name of packages) await page.addStyleTag({ url: `${base}${name}/index.css` });
  await page.addStyleTag({ url: `${base}theme.css` });
  await page.evaluate((names) => Promise.all(names.map((name) => document.fonts.load(`13px "${name}"`))), [sans, mono]);
}

/** Writes, whenever they come, the signs that neither family has as a letter. */
export const spellSigns = (page: Page): Promise<void> => page.evaluate(replaceSigns);

/** Runs inside the page. */
const replaceSigns = () => {
  const replace = () => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode as Text;
      if (/[✓⌥]/.test(text.data)) text.data = text.data.replaceAll(/[✓⌥]/g, "v");
    }
  };
  new MutationObserver(replace).observe(document.body, { subtree: true, childList: true, characterData: true });
  replace();
};

/** What is written with letters that neither family has: the system's stand in for them, so a picture of it holds on one machine only. */
export async function foreignLetters(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send("DOM.enable");
  await session.send("CSS.enable");
  const { root } = await session.send("DOM.getDocument");
  const { nodeIds } = await session.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: "body *" });
  const found = nodeIds.map(async (nodeId) => {
    const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
    const foreign = fonts.filter(({ isCustomFont }) => !isCustomFont).map(({ familyName }) => familyName);
    if (foreign.length === 0) return [];
    const { outerHTML } = await session.send("DOM.getOuterHTML", { nodeId });
    return [`${foreign.join(", ")}: ${outerHTML}`];
  });
  return (await Promise.all(found)).flat();
}
