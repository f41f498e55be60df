const [quote, backslash, comma, openBrace, closeBrace, openBracket, closeBracket] = [34, 92, 44, 123, 125, 91, 93];
const [t, f] = [116, 102];

export type Head = ReadonlyMap<string, string | boolean>;

/**
 * The strings and booleans in the first `limit` bytes of a JSON text, by their path (`message.content.[].type`; the last one
 * of a list). Strings with escapes, and those that go on beyond the limit, are left out.
 */
export function readHead(bytes: Buffer, limit: number): Head {
  const end = Math.min(limit, bytes.length);
  const path: string[] = [];
  const found = new Map<string, string | boolean>();
  let key = false;
  for (let i = 0; i < end; i++) {
    const byte = bytes[i];
    if (byte === quote) {
      const close = closingQuote(bytes, i + 1, end);
      if (close < 0) break;
      const words = bytes.toString("utf8", i + 1, close);
      if (key) path[path.length - 1] = words;
      else if (!words.includes("\\")) found.set(path.join("."), words);
      key = false;
      i = close;
    } else if (byte === openBrace || byte === openBracket) {
      path.push(byte === openBrace ? "" : "[]");
      key = byte === openBrace;
    } else if (byte === closeBrace || byte === closeBracket) path.pop();
    else if (byte === comma) key = path.at(-1) !== "[]";
    else if (byte === t || byte === f) found.set(path.join("."), byte === t);
  }
  return found;
}

function closingQuote(bytes: Buffer, from: number, end: number): number {
  for (let i = from; i < end; i++) {
    if (bytes[i] === quote) return i;
    if (bytes[i] === backslash) i++;
  }
  return -1;
}
