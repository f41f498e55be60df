import type * as z from "zod";
import { TeamError } from "../../contract/error.ts";

/** Property names with their JSON Schema; only `type` is looked at. */
export type Properties = Readonly<Record<string, unknown>>;

/**
 * Forgives what the ancestors' library forgave and their callers rely on: null counts as absent, and what is no text may come
 * as JSON text (`"[\"worker-1\"]"`, `"60"`).
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

/** Throws INPUT_INVALID, naming every field that does not fit. */
export function parseArguments<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const { data, error } = schema.safeParse(given);
  if (!error) return data as z.output<S>;
  const faults = error.issues.map(({ path, message }) => `${path.join(".") || "arguments"}: ${message}`);
  throw new TeamError("INPUT_INVALID", faults.join("; "));
}
