/** What of the browser's storage is used. */
export type Keeper = Pick<Storage, "getItem" | "setItem">;

/** What each field must be to be taken. */
export type Fits<T> = { readonly [Field in keyof T]: (value: unknown) => boolean };

/**
 * The object that a page kept under this key; empty where there is none. It is foreign, since another version of the page may
 * have written it.
 */
export function readKept(storage: Keeper, key: string): Readonly<Record<string, unknown>> {
  const value = parse(storage.getItem(key) ?? "{}");
  return isObject(value) ? value : {};
}

/** Those fields of a kept object that are as they must be. */
export function fieldsThatFit<T extends object>(kept: Readonly<Record<string, unknown>>, fits: Fits<T>): Partial<T> {
  const known = Object.keys(fits) as (keyof T & string)[];
  const fitting = known.filter((field) => field in kept && fits[field](kept[field]));
  return Object.fromEntries(fitting.map((field) => [field, kept[field]])) as Partial<T>;
}

export const isText = (value: unknown): value is string => typeof value === "string";
export const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a value is one of these. */
export const oneOf =
  <T>(values: readonly T[]) =>
  (value: unknown): value is T =>
    values.includes(value as T);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
