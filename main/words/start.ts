/** At most so many UTF-16 units from the beginning of a text; half a surrogate pair is left out, since readers of strict JSON refuse it. */
export const start = (text: string, max: number): string =>
  text.length <= max ? text : text.slice(0, max).replace(/[\uD800-\uDBFF]$/, "");
