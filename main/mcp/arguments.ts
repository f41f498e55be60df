import type * as z from "zod";
import { TeamError } from "../../contract/error.ts";
import { nearest } from "../words/nearest.ts";
import { start } from "../words/start.ts";

/** Property names with their JSON Schema; only `type` is looked at. */
export type Properties = Readonly<Record<string, unknown>>;

/**
 * The arguments we know, forgiving what the ancestors' library forgave and their callers rely on: null counts as absent, and
 * what is no text may come as JSON text (`"[\"worker-1\"]"`, `"60"`).
 */
export function forgive(given: Readonly<Record<string, unknown>>, properties: Properties): Record<string, unknown> {
  const present = Object.entries(given).filter(([name, value]) => value !== null && Object.hasOwn(properties, name));
  return Object.fromEntries(present.map(([name, value]) => [name, fromText(value, properties[name])]));
}

function fromText(value: unknown, schema: unknown): unknown {
  const type = typeof schema === "object" && schema !== null && "type" in schema ? schema.type : undefined;
  if (typeof value !== "string" || type === undefined || type === "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value; // Not JSON: the schema says what is wrong with it.
  }
}

/** No more are named: a caller that sends hundreds reads the first as well. */
const mostNamed = 5;
const longest = 60;

/**
 * What is wrong with names that no property has: a misspelt `permission_mode` that is silently left out gives a worker another
 * one than was meant. Null counts as absent here too, and what begins with `_` is a client's own note (`_meta`).
 */
export function strangers(given: Readonly<Record<string, unknown>>, properties: Properties): string[] {
  const known = Object.keys(properties);
  const strange = Object.entries(given).filter(
    ([name, value]) => value !== null && !name.startsWith("_") && !Object.hasOwn(properties, name),
  );
  return strange.slice(0, mostNamed).map(([name]) => {
    const short = start(name, longest);
    const meant = nearest(short, known);
    const instead = meant ? `the nearest is ${meant}` : `the tool takes ${known.join(", ")}`;
    return `no argument is called ${JSON.stringify(short)}, ${instead}`;
  });
}

/** Throws INPUT_INVALID, naming every field that does not fit, after `faults` that were found before. */
export function parseArguments<S extends z.ZodType>(
  schema: S,
  given: unknown,
  faults: readonly string[] = [],
): z.output<S> {
  const { data, error } = schema.safeParse(given);
  const issues = error?.issues.map(({ path, message }) => `${path.join(".") || "arguments"}: ${message}`) ?? [];
  const all = [...faults, ...issues];
  if (all.length > 0) throw new TeamError("INPUT_INVALID", all.join("; "));
  return data as z.output<S>;
}
