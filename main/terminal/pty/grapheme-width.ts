import { Unicode11Addon } from "@xterm/addon-unicode11";
import type { IUnicodeVersionProvider, Terminal } from "@xterm/headless";

/** What the character before was, as far as the next one may join it. */
const kind = { other: 0, pictograph: 1, joiner: 2, flag: 3 } as const;
type Kind = (typeof kind)[keyof typeof kind];

const zwj = 0x200d;
const emojiStyle = 0xfe0f;

/** xterm's own packing: kind in the high bits, then the cluster's width, then whether this code point joins the one before. */
const pack = (is: Kind, width: number, join: boolean) => (is << 3) | (width << 1) | Number(join);

/**
 * Widths by grapheme cluster, as Claude Code's own layout counts them: joined emoji, flags, skin tones and emoji-style symbols
 * take two cells. xterm alone gives every part its own cells, which shifts the rest of the row.
 */
export function graphemeWidths(): IUnicodeVersionProvider {
  const base = unicode11();
  const known = new Map<number, { width: number; is: Kind }>();

  function look(code: number): { width: number; is: Kind } {
    const found = known.get(code) ?? { width: widthAlone(code, base.wcwidth(code)), is: kindOf(code) };
    known.set(code, found);
    return found;
  }

  function charProperties(code: number, before: number): number {
    const { width, is } = look(code);
    const was = (before >> 3) as Kind;
    const room = (before >> 1) & 3;
    if (room === 0 || !joins(code, width, is, was)) return pack(is, width, false);
    if (code === emojiStyle && was === kind.pictograph) return pack(kind.pictograph, 2, true);
    if (code === zwj && was === kind.pictograph) return pack(kind.joiner, room, true);
    if (was === kind.flag && is === kind.flag) return pack(kind.other, 2, true);
    if (was === kind.joiner) return pack(kind.pictograph, 2, true);
    return pack(was, room, true);
  }

  return { version: "grapheme", wcwidth: base.wcwidth.bind(base), charProperties };
}

function joins(code: number, width: number, is: Kind, was: Kind): boolean {
  if (width === 0) return true;
  if (was === kind.joiner || was === kind.flag) return is === (was === kind.flag ? kind.flag : kind.pictograph);
  return was === kind.pictograph && isSkinTone(code);
}

const isSkinTone = (code: number) => code >= 0x1f3fb && code <= 0x1f3ff;
const isFlagHalf = (code: number) => code >= 0x1f1e6 && code <= 0x1f1ff;

function kindOf(code: number): Kind {
  if (isFlagHalf(code)) return kind.flag;
  return /[\p{Extended_Pictographic}\d#*]/u.test(String.fromCodePoint(code)) ? kind.pictograph : kind.other;
}

/** The addon's table ends with Unicode 12; newer emoji are known to Node. */
function widthAlone(code: number, width: number): 0 | 1 | 2 {
  if (isFlagHalf(code)) return 1;
  if (/\p{Emoji_Presentation}/u.test(String.fromCodePoint(code))) return 2;
  return width as 0 | 1 | 2;
}

/** The addon hands its table only to a terminal, so it gets the one member of a terminal that it uses. */
function unicode11(): IUnicodeVersionProvider {
  const registered: IUnicodeVersionProvider[] = [];
  const unicode = { register: (provider: IUnicodeVersionProvider) => registered.push(provider) };
  new Unicode11Addon().activate({ unicode } as unknown as Parameters<Unicode11Addon["activate"]>[0] & Terminal);
  const [base] = registered;
  if (!base) throw new Error("@xterm/addon-unicode11 registered no widths");
  return base;
}
