/** Colours of a terminal's screen: 16 names, a 6×6×6 cube and 24 greys (xterm's palette), or `#rrggbb`. */
export type Colour = number | string;
type Rgb = readonly [number, number, number];

export const screenText = "#d8dbe2";
export const screenGround = "#16181d";

const named = [
  "#3b4048",
  "#e5686c",
  "#7fb069",
  "#d9a94f",
  "#6a9fe0",
  "#c283cf",
  "#56b0b8",
  "#c9ced8",
  "#737b8a",
  "#f08a8d",
  "#a2cf8b",
  "#ecc678",
  "#90bcf2",
  "#d9a7e3",
  "#82ccd2",
  "#f3f5f9",
] as const;

/** As `#rrggbb`; what is no colour is the text's own. */
export function hex(colour: Colour): string {
  if (typeof colour === "string") return /^#[0-9a-f]{6}$/i.test(colour) ? colour : screenText;
  const name = named[colour];
  if (name) return name;
  if (!Number.isInteger(colour) || colour < 16 || colour > 255) return screenText;
  if (colour >= 232) return toHex([0, 0, 0].map(() => 8 + (colour - 232) * 10));
  const cube = colour - 16;
  return toHex([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((n) => (n === 0 ? 0 : 55 + n * 40)));
}

/** The colour, moved towards white or black as far as it takes to be read on this ground (4.5 to 1, as WCAG asks). */
export function readable(colour: string, ground: string): string {
  const goal = luminance(ground) < 0.18 ? 255 : 0;
  const from = toRgb(colour);
  for (let step = 0; step < 10; step++) {
    const tried = toHex(from.map((part) => part + ((goal - part) * step) / 10));
    if (contrast(tried, ground) >= 4.5) return tried;
  }
  return toHex([goal, goal, goal]);
}

/** From 1 (the same) to 21 (black on white). */
export function contrast(a: string, b: string): number {
  const [one, other] = [luminance(a), luminance(b)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** WCAG's relative luminance, 0 to 1. */
function luminance(colour: string): number {
  const [r, g, b] = toRgb(colour);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function linear(part: number): number {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function toRgb(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

const toHex = (parts: readonly number[]) =>
  `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
