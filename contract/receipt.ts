import * as z from "zod";

/**
 * The life of one message we sent.
 * accepted (on disk) → typed (in Claude's input) → submitted (proven) → answered.
 * The other ends: `unconfirmed` (typed, not confirmed), `withdrawn` (taken back before typing), `undelivered` (never typed).
 */
export const receipt = z.object({
  /** `msg-…`, unique in one home. */
  id: z.string(),
  /** The start of the text, on one line. */
  text: z.string(),
  at: z.number(),
  by: z.enum(["person", "manager"]),
  state: z.enum(["accepted", "typed", "submitted", "answered", "unconfirmed", "withdrawn", "undelivered"]),
  /** What was changed in the text, or why it ended as it did; in plain words. */
  notes: z.array(z.string()),
  /**
   * Of an answered one: its turn ended early, so that its answer is cut short, or there is none; or the command was not carried
   * out. The last note says why.
   */
  brokenOff: z.literal(true).optional(),
  /** The message of which this is the repeat; see the command `resend`. */
  repeats: z.string().optional(),
});
export type Receipt = z.infer<typeof receipt>;
