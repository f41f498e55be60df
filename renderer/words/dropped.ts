/** The first absolute path in what was dropped: a `file:` address, or a path as text. */
export function pathDropped(texts: readonly string[]): string | undefined {
  return texts
    .flatMap((text) => text.split(/\r?\n/))
    .map(asPath)
    .find((path) => path !== undefined);
}

function asPath(line: string): string | undefined {
  const text = line.trim();
  if (/^(\/|~\/)/.test(text)) return withoutSlash(text);
  if (!/^file:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  try {
    return withoutSlash(decodeURIComponent(new URL(text).pathname));
  } catch {
    // An address with broken escapes names nothing.
    return undefined;
  }
}

const withoutSlash = (path: string) => (path.length > 1 ? path.replace(/\/$/, "") : path);
