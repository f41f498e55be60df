/**
 * Whether a text would nest so deep, or branch so often, that reading it as Markdown could take seconds: no prose is like
 * that.
 */
export function tooTangled(text: string): boolean {
  return /^[ \t]*(?:(?:>|[-+*]|\d{1,9}[.)])[ \t]*){30}/m.test(text) || /[*_`~[\]()!<&]{200}/.test(text) || deep(text);
}

/** Brackets and emphasis that are opened again and again without an end. */
function deep(text: string): boolean {
  for (const sign of ["[", "*", "_", "<", "`"]) if (text.split(sign).length > 2000) return true;
  return /\n {300}/.test(text);
}

/**
 * The host that an address leads to, unless the link's words begin with it themselves. That they hold it would not do: it may be
 * a path behind another's name.
 */
export function hostBeside(href: string, words: string): string | undefined {
  try {
    const { host } = new URL(href);
    const [said] = words
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\//, "")
      .split(/[/?#]/);
    return said === host ? undefined : host;
  } catch {
    // No address that a browser would follow.
    return undefined;
  }
}
