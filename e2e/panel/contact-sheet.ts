import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright";
import { PNG } from "pngjs";
import { provideChromium } from "../real/chromium.ts";
import { toSmallPng } from "./palette.ts";
import { startChromium } from "./tab.ts";

const shots = join(import.meta.dirname, "../shots");
const pictures = join(import.meta.dirname, "../../docs/screenshots");
/** The states with a picture of their own; the contact sheet has all. */
const telling = [
  ...["list", "list-by-repository", "first-run", "first-run-fix", "empty", "keys"],
  ...["permission", "why", "question", "plan", "page-several", "page-rules", "real-proposal"],
  ...["page-conversation", "page-broadcast", "page-terminal", "page-ended", "report"],
  ...["spawn-completion", "settings", "activity", "offline"],
];
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

const save = async (what: Locator, name: string) =>
  writeFile(join(pictures, `${name}.png`), toSmallPng(PNG.sync.read(await what.screenshot())));

/** Light and dark beside each other. */
const pair = async (state: string, size = "") =>
  `<div style="display:flex"><img src="${await image(state, "light")}" ${size}><img src="${await image(state, "dark")}" ${size}></div>`;

async function single(page: Page, state: string): Promise<void> {
  await page.setContent(`<body style="margin:0;display:inline-flex">${await pair(state)}`);
  await save(page.locator("body"), state);
}

async function sheet(page: Page, all: readonly string[]): Promise<void> {
  const cells = all.map(
    async (state) => `<figure>${await pair(state, `width="${width / 2}"`)}<figcaption>${state}</figcaption></figure>`,
  );
  await page.setContent(`<style>
    body { display: inline-grid; grid-template-columns: repeat(${columns}, ${width}px); gap: 20px; margin: 0; padding: 20px;
      background: #8a8a94; font: 12px system-ui; }
    figure { margin: 0 } figcaption { padding-top: 4px; color: #fff; text-align: center } img { display: block }
  </style>${(await Promise.all(cells)).join("")}`);
  await save(page.locator("body"), "contact-sheet");
}

const index = `# The popover in all its states

Taken by the specs of the panel, light and dark: \`npm run pictures\` makes them afresh, together with those that
\`e2e/panel/visual.spec.ts\` compares with.

![All states](contact-sheet.png)

${telling.map((state) => `- [${state}](${state}.png)`).join("\n")}
`;

const browser = await startChromium(await provideChromium(console.log));
const page = await browser.newPage({ viewport: { width: columns * (width + 20) + 20, height: 900 } });
await rm(pictures, { recursive: true, force: true });
await mkdir(pictures, { recursive: true });
for (const state of telling) await single(page, state);
await sheet(page, await states());
await writeFile(join(pictures, "README.md"), index);
await browser.close();
