import type { Run } from "../../../contract/screen.ts";

type Style = Omit<Run, "text">;

/** How text looks. There is one object for each style, so that two can be told apart by identity. */
export interface Look {
  readonly style: Style;
  /** Shown as blanks. */
  readonly hidden: boolean;
}

const marks = ["bold", "dim", "italic", "underline", "inverse", "strike"] as const;
type Mark = (typeof marks)[number];

const markOn: Readonly<Record<number, Mark>> = {
  1: "bold",
  2: "dim",
  3: "italic",
  4: "underline",
  7: "inverse",
  9: "strike",
};
const markOff: Readonly<Record<number, readonly Mark[]>> = {
  22: ["bold", "dim"],
  23: ["italic"],
  24: ["underline"],
  27: ["inverse"],
  29: ["strike"],
};

export const plainLook: Look = { style: {}, hidden: false };

/** Every look met so far, by what it is; and what codes make of it. Programs use few; one that uses many is forgotten again. */
const looks = new Map<string, Look>([[keyOf(plainLook), plainLook]]);
const steps = new Map<Look, Map<string, Look>>();
const most = 5000;

/** The look after "Select Graphic Rendition" with these codes. */
export function restyled(look: Look, codes: string): Look {
  const known = steps.get(look) ?? new Map<string, Look>();
  const before = known.get(codes);
  if (before) return before;
  const after = theOne(apply(look, codes));
  if (looks.size > most || known.size > most) forget();
  steps.set(look, known.set(codes, after));
  return after;
}

function forget(): void {
  looks.clear();
  steps.clear();
  looks.set(keyOf(plainLook), plainLook);
}

function theOne(look: Look): Look {
  const key = keyOf(look);
  const known = looks.get(key);
  if (known) return known;
  // One that only hides shares its style with the one that does not.
  const made = look.hidden ? { style: theOne({ ...look, hidden: false }).style, hidden: true } : look;
  looks.set(key, made);
  return made;
}

function keyOf({ style, hidden }: Look): string {
  return JSON.stringify([style.fg, style.bg, ...marks.map((mark) => style[mark]), hidden]);
}

function apply(look: Look, codes: string): Look {
  let { style, hidden } = look;
  const left = codes.split(";").map((code) => code.split(":").map(Number));
  for (let code = left.shift(); code; code = left.shift()) {
    const [first = 0, sub] = code;
    if (first === 0) [style, hidden] = [{}, false];
    else if (first === 8 || first === 28) hidden = first === 8;
    else if (first === 4 && sub === 0) style = without(style, ["underline"]);
    else if (markOn[first]) style = { ...style, [markOn[first]]: true };
    else if (markOff[first]) style = without(style, markOff[first]);
    else if (first === 38 || first === 48 || first === 58) {
      const colour = extended(code.length > 1 ? code.slice(1) : left.splice(0, left[0]?.[0] === 2 ? 4 : 2).flat());
      if (first !== 58 && colour !== undefined) style = { ...style, [first === 38 ? "fg" : "bg"]: colour };
    } else style = coloured(style, first);
  }
  return { style, hidden };
}

function without(style: Style, gone: readonly (keyof Style)[]): Style {
  return Object.fromEntries(Object.entries(style).filter(([key]) => !gone.some((name) => name === key)));
}

/** `5;n`, `2;r;g;b`, or with colons and an empty colour space `2::r:g:b`. */
function extended([kind, ...rest]: readonly number[]): number | string | undefined {
  if (kind === 5) return rest[0];
  if (kind !== 2) return undefined;
  const parts = rest.slice(-3).map((part) => part.toString(16).padStart(2, "0"));
  return `#${parts.join("")}`;
}

/** The sixteen colours and the defaults. */
function coloured(style: Style, code: number): Style {
  if (code === 39) return without(style, ["fg"]);
  if (code === 49) return without(style, ["bg"]);
  if (code >= 30 && code <= 37) return { ...style, fg: code - 30 };
  if (code >= 40 && code <= 47) return { ...style, bg: code - 40 };
  if (code >= 90 && code <= 97) return { ...style, fg: code - 90 + 8 };
  return code >= 100 && code <= 107 ? { ...style, bg: code - 100 + 8 } : style;
}
