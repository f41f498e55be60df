import { crc32, deflateSync } from "node:zlib";

/** Pixels as red, green, blue and alpha, row by row from the top. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** As a PNG of at most 256 colours, which is all that a picture of the panel needs, at a third of the size. Alpha is dropped. */
export function toSmallPng({ width, height, data }: Picture): Buffer {
  const counts = countColours(data);
  const palette = choose(counts);
  const places = new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)]));
  // Each row begins with its filter, which is none: flat areas deflate best as they are.
  const rows = Buffer.alloc((width + 1) * height);
  for (let pixel = 0; pixel < width * height; pixel++)
    rows[pixel + Math.floor(pixel / width) + 1] = places.get(colourAt(data, pixel * 4)) ?? 0;
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flatMap((colour) => parts(colour)))),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const colourAt = (data: Uint8Array, at: number) =>
  ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);

const parts = (colour: number): [number, number, number] => [colour >> 16, (colour >> 8) & 255, colour & 255];

function countColours(data: Uint8Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += 4) {
    const colour = colourAt(data, at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return counts;
}

/** The commonest colours; of those that hardly differ only the commonest, so that every flat area keeps its own exactly. */
function choose(counts: ReadonlyMap<number, number>): number[] {
  const common = [...counts].sort(([, a], [, b]) => b - a);
  if (common.length <= 256) return common.map(([colour]) => colour);
  const kinds = new Map<number, { colour: number; count: number }>();
  for (const [colour, count] of common) {
    const kind = kinds.get(colour & 0xf8f8f8);
    if (kind) kind.count += count;
    else kinds.set(colour & 0xf8f8f8, { colour, count });
  }
  const flat = common.slice(0, 32).map(([colour]) => colour);
  const rest = [...kinds.values()].sort((a, b) => b.count - a.count).map(({ colour }) => colour);
  return [...new Set([...flat, ...rest])].slice(0, 256);
}

function nearest(palette: readonly number[], wanted: number): number {
  const [red, green, blue] = parts(wanted);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [place, colour] of palette.entries()) {
    const [r, g, b] = parts(colour);
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
