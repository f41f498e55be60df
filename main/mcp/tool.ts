import type { Tool as ListedTool } from "@modelcontextprotocol/server";
import * as z from "zod";
import type { Team } from "../team/commands.ts";
import { forgive, parseArguments, strangers } from "./arguments.ts";

/** What a tool works with during one call. */
export interface Call {
  readonly team: Team;
  /** Aborts when the caller gives up or the server stops. */
  readonly signal: AbortSignal;
}

/** One tool: what agents read of it, and what it does. */
export interface Definition<I extends z.ZodObject, O extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** `reads` changes nothing (Claude Code 2.1.330 runs only such tools side by side); `ends` cannot be taken back. */
  readonly effect: "reads" | "acts" | "ends";
  readonly input: I;
  readonly output: O;
  /** Of a tool that may take long: what goes on now, in a few words. */
  readonly doing?: (input: z.output<I>, call: Call) => Promise<string>;
  readonly run: (input: z.output<I>, call: Call) => Promise<z.output<O>>;
}

/** A tool whose types are forgotten, so that all fit in one list. */
export interface Tool {
  readonly listing: ListedTool;
  /** Throws INPUT_INVALID. */
  prepare(given: Readonly<Record<string, unknown>>): Prepared;
}

/** A tool with its arguments. */
export interface Prepared {
  readonly doing: ((call: Call) => Promise<string>) | undefined;
  run(call: Call): Promise<Record<string, unknown>>;
}

export function defineTool<I extends z.ZodObject, O extends z.ZodObject>(definition: Definition<I, O>): Tool {
  const { input, doing, run } = definition;
  const listing = listingOf(definition);
  const { properties = {} } = listing.inputSchema;
  return {
    listing,
    prepare(given) {
      const parsed = parseArguments(input, forgive(given, properties), strangers(given, properties));
      return {
        doing: doing && ((call) => doing(parsed, call)),
        run: (call) => run(parsed, call),
      };
    },
  };
}

function listingOf({
  name,
  title,
  description,
  effect,
  input,
  output,
}: Definition<z.ZodObject, z.ZodObject>): ListedTool {
  return {
    name,
    title,
    description,
    inputSchema: { ...objectSchema(input), additionalProperties: false },
    outputSchema: orFailure(objectSchema(output)),
    annotations: {
      title,
      readOnlyHint: effect === "reads",
      ...(effect !== "reads" && { destructiveHint: effect === "ends" }),
      openWorldHint: false,
    },
    // Claude Code 2.1.330 shows only tools so marked to the model in full; the others stand in a list of names.
    _meta: { "anthropic/alwaysLoad": true },
  };
}

type ObjectSchema = ListedTool["inputSchema"];

/** The side that callers write (`io: "input"`): an output so described may grow fields without breaking those who check it. */
function objectSchema(schema: z.ZodObject): ObjectSchema {
  const { $schema, ...json } = z.toJSONSchema(schema, { io: "input" });
  return { ...json, type: "object" } as ObjectSchema;
}

/** Clients of SDK v1 check a failure's structured content against this schema too. */
function orFailure({ properties, required, ...rest }: ObjectSchema): ObjectSchema {
  const text = { type: "string" };
  return {
    ...rest,
    properties: { ...properties, code: text, error: text, hint: text },
    anyOf: [{ required }, { required: ["code", "error", "hint"] }],
  } as ObjectSchema;
}
