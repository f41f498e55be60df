import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type Page } from "playwright";
import { provideChromium } from "../real/chromium.ts";

const shots = join(import.meta.dirname, "../shots");
const pictures = join(import.meta.dirname, "../../docs/screenshots");
/** Pictures on one line of the contact sheet, and how wide each is there. */
const columns = 4;
const width = 340;

/** The state that each picture of the popover shows, by name. */
async function states(): Promise<string[]> {
  const names = await readdir(shots);
  return names.flatMap((name) => /^(.+)-popover-light\.png$/.exec(name)?.[1] ?? []).sort();
}

const image = async (state: string, scheme: string) =>
  `data:image/png;base64,${(await readFile(join(shots, `${state}-popover-${scheme}.png`))).toString("base64")}`;

/** Light and dark beside each other. */
async function pair(page: Page, state: string): Promise<void> {
  const [light, dark] = [await image(state, "light"), await image(state, "dark")];
  await page.setContent(`<body style="margin:0;display:inline-flex"><img src="${light}"><img src="${dark}">`);
  await page.locator("body").screenshot({ path: join(pictures, `${state}.png`) });
}

async function sheet(page: Page, all: readonly string[]): Promise<void> {
  const cells = all.map(async (state) => {
    const pair = `data:image/png;base64,${(await readFile(join(pictures, `${state}.png`))).toString("base64")}`;
    return `<figure><img src="${pair}" width="${width}"><figcaption>${state}</figcaption></figure>`;
  });
  await page.setContent(`<style>
    body { display: inline-grid; grid-template-columns: repeat(${columns}, ${width}px); gap: 20px; margin: 0; padding: 20px;
      background: #8a8a94; font: 12px system-ui; }
    figure { margin: 0 } figcaption { padding-top: 4px; color: #fff; text-align: center } img { display: block }
  </style>${(await Promise.all(cells)).join("")}`);
  await page.locator("body").screenshot({ path: join(pictures, "contact-sheet.png") });
}

const index = (all: readonly string[]) => `# Every state of the popover

Made by the e2e run, light and dark: \`npx vitest run --project e2e e2e/panel\` takes the pictures, \`npx tsx
e2e/panel/contact-sheet.ts\` puts them here.

![All states](contact-sheet.png)

${all.map((state) => `- [${state}](${state}.png)`).join("\n")}
`;

const browser = await chromium.launch({
  executablePath: await provideChromium(console.log),
  args: ["--no-sandbox"],
});
const page = await browser.newPage({ viewport: { width: columns * (width + 20) + 20, height: 900 } });
await mkdir(pictures, { recursive: true });
const all = await states();
for (const state of all) await pair(page, state);
await sheet(page, all);
await writeFile(join(pictures, "README.md"), index(all));
await browser.close();
