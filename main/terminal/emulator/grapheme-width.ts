import { Unicode11Addon } from "@xterm/addon-unicode11";
import type { IUnicodeVersionProvider } from "@xterm/headless";

/** What a character is, as far as its neighbours may join it. */
const kind = { other: 0, pictograph: 1, joiner: 2, flag: 3, tone: 4 } as const;
type Kind = (typeof kind)[keyof typeof kind];

const zwj = 0x200d;
const emojiStyle = 0xfe0f;

/** xterm's own packing: kind in the high bits, then the cluster's width, then whether this code point joins the one before. */
const pack = (is: Kind, width: number, join: boolean) => (is << 3) | (width << 1) | Number(join);
const kindIn = (packed: number) => (packed >> 3) as Kind;
const widthIn = (packed: number) => (packed >> 1) & 3;

/** Planes 0 and 1, where nearly every character is. */
const tableSize = 0x20000;
const notYet = 0xff;

/**
 * Widths by grapheme cluster, as Claude Code's own layout counts them: joined emoji, flags, skin tones and emoji-style symbols
 * take two cells. xterm alone gives every part its own cells, which shifts the rest of the row.
 */
export function graphemeWidths(): IUnicodeVersionProvider {
  const base = unicode11();
  const table = new Uint8Array(tableSize).fill(notYet);

  function alone(code: number): number {
    const known = table[code] ?? notYet;
    if (known !== notYet) return known;
    const found = pack(kindOf(code), widthAlone(code, base.wcwidth(code)), false);
    table[code] = found;
    return found;
  }

  function charProperties(code: number, before: number): number {
    const packed = alone(code);
    const is = kindIn(packed);
    const width = widthIn(packed);
    // Called for every single character: nearly all are done here.
    if (is === kind.other && width > 0) return packed;
    const room = widthIn(before);
    return room > 0 && joins(is, width, kindIn(before)) ? joined(code, is, kindIn(before), room) : packed;
  }

  return { version: "grapheme", wcwidth: base.wcwidth.bind(base), charProperties };
}

let shared: IUnicodeVersionProvider | undefined;

/** How many cells a text takes. */
export function widthOf(text: string): number {
  shared ??= graphemeWidths();
  let [width, before] = [0, 0];
  for (const char of text) {
    const packed = shared.charProperties(char.codePointAt(0) ?? 0, before);
    width += widthIn(packed) - (packed & 1 ? widthIn(before) : 0);
    before = packed;
  }
  return width;
}

function joins(is: Kind, width: number, was: Kind): boolean {
  if (width === 0) return true;
  if (is === kind.pictograph) return was === kind.joiner;
  if (is === kind.flag) return was === kind.flag;
  return is === kind.tone && was === kind.pictograph;
}

function joined(code: number, is: Kind, was: Kind, room: number): number {
  if (is === kind.flag) return pack(kind.other, 2, true);
  if (is === kind.pictograph) return pack(kind.pictograph, 2, true);
  if (code === emojiStyle && was === kind.pictograph) return pack(kind.pictograph, 2, true);
  if (code === zwj && was === kind.pictograph) return pack(kind.joiner, room, true);
  return pack(was, room, true);
}

const isFlagHalf = (code: number) => code >= 0x1f1e6 && code <= 0x1f1ff;

function kindOf(code: number): Kind {
  if (code >= 0x1f3fb && code <= 0x1f3ff) return kind.tone;
  if (isFlagHalf(code)) return kind.flag;
  return /[\p{Extended_Pictographic}\d#*]/u.test(String.fromCodePoint(code)) ? kind.pictograph : kind.other;
}

/** The addon's table ends with Unicode 12; newer emoji are known to Node. */
function widthAlone(code: number, width: number): number {
  if (isFlagHalf(code)) return 1;
  return /\p{Emoji_Presentation}/u.test(String.fromCodePoint(code)) ? 2 : width;
}

/** The addon hands its table only to a terminal, so it gets the one member of a terminal that it uses. */
function unicode11(): IUnicodeVersionProvider {
  const registered: IUnicodeVersionProvider[] = [];
  const unicode = { register: (provider: IUnicodeVersionProvider) => registered.push(provider) };
  new Unicode11Addon().activate({ unicode } as unknown as Parameters<Unicode11Addon["activate"]>[0]);
  const [base] = registered;
  if (!base) throw new Error("@xterm/addon-unicode11 registered no widths");
  return base;
}
