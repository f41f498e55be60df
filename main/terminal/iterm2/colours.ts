export interface Rgb {
  /** Each from 0 to 1, in sRGB. */
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Hues in degrees, in an order in which neighbours are far apart. */
const hues = [210, 315, 30, 190, 245, 10, 130, 280, 50, 175, 350, 95];

/** Luminance at which black (light) and white (dark) text keep a contrast of at least 7 to 1 and of 5.5 to 1. */
const luminance = { light: 0.42, dark: 0.13 };

/** The colour of a worker's tab in iTerm2's light and dark theme: the n-th worker's differs from its neighbours'. */
export function tabColours(n: number): { light: Rgb; dark: Rgb } {
  const hue = hues[n % hues.length] ?? 0;
  return { light: shade(hue, luminance.light), dark: shade(hue, luminance.dark) };
}

/** `worker-7` → 7; any other mark gets some number, always the same. */
export function numberOf(mark: string): number {
  const digits = /(\d+)$/.exec(mark)?.[1];
  if (digits !== undefined) return Number(digits) % 10_000;
  return [...mark].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 10_007, 0);
}

/** The colour of this hue that has this luminance: its lightness is found by halving. */
function shade(hue: number, wanted: number): Rgb {
  let [low, high] = [0, 1];
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2;
    if (luminanceOf(fromHsl(hue, 0.65, middle)) < wanted) low = middle;
    else high = middle;
  }
  return fromHsl(hue, 0.65, low);
}

function fromHsl(hue: number, saturation: number, lightness: number): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const part = (offset: number) => {
    const k = (offset + hue / 30) % 12;
    return lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return { red: part(0), green: part(8), blue: part(4) };
}

/** Relative luminance as WCAG 2 defines it. */
export function luminanceOf({ red, green, blue }: Rgb): number {
  const linear = (part: number) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
