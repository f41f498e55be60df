import * as z from "zod";

/** A palette index 0–255 or `#rrggbb`; absent means the terminal's default. */
const colour = z.union([z.number(), z.string()]);

/** Neighbouring cells that look alike. A wide character counts as one character of `text`. */
export const run = z.object({
  text: z.string(),
  fg: colour.optional(),
  bg: colour.optional(),
  bold: z.boolean().optional(),
  dim: z.boolean().optional(),
  italic: z.boolean().optional(),
  underline: z.boolean().optional(),
  inverse: z.boolean().optional(),
  strike: z.boolean().optional(),
});
export type Run = z.infer<typeof run>;

/** What a terminal shows: one array of runs a row, top first; blank ends of rows are left out. */
export const screen = z.object({
  /** Grows with every change; ask with `after` to wait for the next. */
  rev: z.number(),
  at: z.number(),
  cols: z.number(),
  rows: z.number(),
  lines: z.array(z.array(run)),
  cursor: z.object({ row: z.number(), col: z.number() }).nullable(),
});
export type Screen = z.infer<typeof screen>;
