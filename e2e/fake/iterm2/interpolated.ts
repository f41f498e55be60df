const escapes: Record<string, string> = { n: "\n", a: "\x07", t: "\t", r: "\r", "\\": "\\", e: "\x1b" };

/** Part of an interpolated string: text as it stands, or the expression between `\(` and `)`. */
export type Part = { readonly literal: string } | { readonly expression: string };

/**
 * Cuts an interpolated string as iTerm2 does with Command, Working Directory, Initial Text, Badge Text and titles. Backslash
 * pairs of a literal (`\n \a \t \r \\ \e \uXXXX`) are expanded; others stay. An expression without its end is a literal.
 */
export function partsOf(source: string): Part[] {
  const parts: Part[] = [];
  let literal = "";
  for (let at = 0; at < source.length; ) {
    const end = source.startsWith("\\(", at) ? endOfExpression(source, at + 2) : undefined;
    if (end !== undefined) {
      if (literal) parts.push({ literal: expand(literal) });
      parts.push({ expression: source.slice(at + 2, end) });
      literal = "";
      at = end + 1;
    } else {
      const step = source[at] === "\\" ? 2 : 1;
      literal += source.slice(at, at + step);
      at += step;
    }
  }
  if (literal) parts.push({ literal: expand(literal) });
  return parts;
}

function endOfExpression(source: string, start: number): number | undefined {
  let depth = 1;
  let inString = false;
  for (let at = start; at < source.length; at++) {
    const char = source[at];
    if (char === "\\") at++;
    else if (char === '"') inString = !inString;
    else if (char === "(" && !inString) depth++;
    else if (char === ")" && !inString && --depth === 0) return at;
  }
  return undefined;
}

function expand(literal: string): string {
  return literal.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (pair, hex: string | undefined, char: string) =>
    hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : (escapes[char] ?? pair),
  );
}

/** The whole string, its expressions replaced by the variables they name; undefined where one names none. */
export function interpolate(source: string, lookUp: (name: string) => unknown): string | undefined {
  const texts = partsOf(source).map((part) => {
    if ("literal" in part) return part.literal;
    const value = lookUp(part.expression.replace(/\?$/, ""));
    return value === undefined || value === null ? undefined : String(value);
  });
  return texts.includes(undefined) ? undefined : texts.join("");
}
