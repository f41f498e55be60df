import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type Page } from "playwright";
import { provideChromium } from "../e2e/real/chromium.ts";

const folder = import.meta.dirname;

/** The sides of the app's icon that macOS keeps in one file, by its names for them (the largest is 512 at twice the pixels). */
const icnsSides = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 };
const linuxSides = [16, 32, 48, 64, 128, 256, 512];

/** Each drawing for a tray, and its side; Electron looks for the @2x beside the file that it is given. */
const traySides = { "tray-template": 18, tray: 22, "tray-asking": 22 };

async function draw(page: Page, drawing: string, side: number): Promise<Buffer> {
  const svg = await readFile(join(folder, `${drawing}.svg`), "utf8");
  const style = "*{margin:0;background:transparent}svg{display:block;width:100vw;height:100vh}";
  await page.setViewportSize({ width: side, height: side });
  await page.setContent(`<style>${style}</style>${svg}`);
  return page.screenshot({ omitBackground: true });
}

/** Apple's container: a name and a length for the whole, then for each picture, which is a PNG. */
function icns(pictures: readonly { name: string; png: Buffer }[]): Buffer {
  const parts = pictures.map(({ name, png }) => Buffer.concat([head(name, png.length), png]));
  const body = Buffer.concat(parts);
  return Buffer.concat([head("icns", body.length), body]);
}

function head(name: string, length: number): Buffer {
  const bytes = Buffer.alloc(8, name, "latin1");
  bytes.writeUInt32BE(length + 8, 4);
  return bytes;
}

async function drawAll(page: Page): Promise<void> {
  const save = (name: string, bytes: Buffer) => writeFile(join(folder, name), bytes);
  const pictures = [];
  for (const [name, side] of Object.entries(icnsSides)) pictures.push({ name, png: await draw(page, "icon", side) });
  await save("icon.icns", icns(pictures));
  await mkdir(join(folder, "icons"), { recursive: true });
  for (const side of linuxSides) await save(`icons/${side}x${side}.png`, await draw(page, "icon", side));
  for (const [drawing, side] of Object.entries(traySides)) {
    await save(`${drawing}.png`, await draw(page, drawing, side));
    await save(`${drawing}@2x.png`, await draw(page, drawing, side * 2));
  }
}

const executablePath = await provideChromium((line) => console.log(line));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  await drawAll(await browser.newPage());
} finally {
  await browser.close();
}
