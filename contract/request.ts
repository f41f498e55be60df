import * as z from "zod";

/** How an answer can reach Claude Code now: through the waiting hook call, by a key press, or only by hand in the terminal. */
export const via = z.enum(["hook", "key", "terminal"]);
export type Via = z.infer<typeof via>;

/** What a caller decided about a request. `allow` to a dialog means its accepting choice (trust, use the key, go on). */
export const answer = z.object({
  decision: z.enum(["allow", "deny"]).optional(),
  /** Told to Claude with a denial. */
  reason: z.string().max(10_000).optional(),
  /** For a question: its text → the chosen label, several labels, or free text. */
  answers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
});
export type Answer = z.infer<typeof answer>;

/** An answer a manager wants to give, waiting for a person's click. */
const proposal = z.object({ answer, at: z.number() });

export const question = z.object({
  question: z.string(),
  header: z.string(),
  multiSelect: z.boolean(),
  options: z.array(z.object({ label: z.string(), description: z.string() })),
});
export type Question = z.infer<typeof question>;

/** A piece of a file before and after a tool has changed it; `before` is empty where the tool does not say what stands there. */
export const change = z.object({ path: z.string(), before: z.string(), after: z.string() });
export type Change = z.infer<typeof change>;

const common = { id: z.string(), at: z.number(), via, proposal: proposal.nullable() };

/** One thing a worker asks, with the exact text shown; answered once, by whoever is first. */
export const request = z.discriminatedUnion("kind", [
  z.object({
    ...common,
    kind: z.literal("permission"),
    tool: z.string(),
    /** One line: what Claude says it is for. */
    title: z.string(),
    /** Exactly what would be done: the command, the file and its change, or the tool's input as JSON. */
    detail: z.string(),
    /** The same for a tool that changes a file, to be shown as a difference; left out where it could not be whole. */
    changes: z.array(change).min(1).optional(),
    /** Claude's id of the subagent that asks; null for the main conversation. */
    agent: z.string().nullable(),
  }),
  z.object({ ...common, kind: z.literal("question"), questions: z.array(question), agent: z.string().nullable() }),
  z.object({
    ...common,
    kind: z.literal("dialog"),
    dialog: z.enum(["trust", "api-key", "bypass", "theme", "sign-in", "elicitation", "unknown"]),
    /** The dialog's own words, from the screen. */
    detail: z.string(),
  }),
]);
export type Request = z.infer<typeof request>;
export type RequestId = Request["id"];
