import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { toSmallPng } from "./palette.ts";

/** `npm run pictures` sets it: what is seen now is right from now on. */
export const renewing = process.env.CLAUDE_TEAM_PICTURES === "new";

const folder = join(import.meta.dirname, "baselines");
const shots = join(import.meta.dirname, "../shots/visual");

/** The one Chromium whose pictures are kept: another major draws a little differently. */
const keptFor = join(folder, "chromium-major.txt");

/** How far a colour may be off (0 to 1), and how many pixels may be further off. Measured: 3 pixels on the same machine, for the kept picture has 256 colours; 71 when a corner is rounder by 2 px. */
const tolerance = { threshold: 0.05, pixels: 20 };

/** Why the kept pictures say nothing about this browser here; undefined when they do. */
export async function whyNotComparable(version: string): Promise<string | undefined> {
  if (process.platform !== "linux") return "the kept pictures were drawn on Linux";
  const [major = ""] = version.split(".");
  if (renewing) return keep(keptFor, `${major}\n`);
  const kept = (await readFile(keptFor, "utf8")).trim();
  return kept === major
    ? undefined
    : `the kept pictures are Chromium ${kept}'s, and this is ${major} (npm run pictures)`;
}

async function keep(file: string, content: string | Buffer): Promise<undefined> {
  await mkdir(folder, { recursive: true });
  await writeFile(file, content);
}

/** What is wrong with a picture (PNG): nothing, or how far it is from the kept one, and where both lie side by side. */
export async function differenceFrom(name: string, picture: Buffer): Promise<string | undefined> {
  const file = join(folder, `${name}.png`);
  const actual = PNG.sync.read(picture);
  if (renewing) return keep(file, toSmallPng(actual));
  const kept = PNG.sync.read(await readFile(file));
  const { width, height } = kept;
  if (width !== actual.width || height !== actual.height)
    return `${name} is ${actual.width}×${actual.height}, not ${width}×${height}`;
  const diff = new PNG({ width, height });
  const { threshold, pixels } = tolerance;
  const off = pixelmatch(kept.data, actual.data, diff.data, width, height, { threshold, includeAA: true });
  if (off <= pixels) return undefined;
  await mkdir(shots, { recursive: true });
  await writeFile(join(shots, `${name}-actual.png`), picture);
  await writeFile(join(shots, `${name}-diff.png`), PNG.sync.write(diff));
  const [seen, was] = [shots, file].map((path) => relative(process.cwd(), path));
  return `${name}: ${off} pixels are not as in ${was}; ${seen} has ${name}-actual.png and ${name}-diff.png (npm run pictures, if it is right)`;
}
