/** Foreign JSON, read loosely: what is not of the wanted shape is absent, never an error. */
export type Loose = Readonly<Record<string, unknown>>;

export function record(value: unknown): Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Loose) : {};
}

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

export const count = (value: unknown): number => (typeof value === "number" && Number.isFinite(value) ? value : 0);

/** The text of a `content` that is a string or a list of blocks; blocks of other kinds are named in brackets. */
export function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  const parts = list(content).map((block) => {
    const { type, text: words } = record(block);
    return text(words) ?? `[${text(type) ?? "unknown"}]`;
  });
  return parts.join("\n");
}

/** At most `length` characters, the last of them `…` when something was left out; never half a surrogate pair. */
export function cut(words: string, length: number): string {
  if (words.length <= length) return words;
  const end = length - 1;
  const half = /[\uD800-\uDBFF]/.test(words.charAt(end - 1));
  // Copied: a slice would hold on to all the words, and what is cut is kept for long.
  return `${Buffer.from(words.slice(0, half ? end - 1 : end)).toString()}…`;
}
