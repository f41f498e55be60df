import * as z from "zod";

/** One `sessions/<pid>.json`, which Claude Code 2.1.330 keeps while it runs; what a later version leaves out or renames is null. */
export type LiveFile = z.infer<typeof schema>;

const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

const schema = z.looseObject({
  pid: z.number().int().positive(),
  sessionId: z.string(),
  /** When the process began; see Processes. */
  procStart: text,
  startedAt: z.number().catch(0),
  kind: text,
  name: text,
  version: text,
  /** null: a word that is not known. */
  status: z.enum(["idle", "busy", "waiting"]).nullable().catch(null),
  waitingFor: text,
  statusUpdatedAt: z.number().nullable().catch(null),
});

/** Reads a live file's text; undefined while it is being written (seen: empty) or when it is none. */
export function parseLiveFile(json: string): LiveFile | undefined {
  try {
    return schema.safeParse(JSON.parse(json)).data;
  } catch {
    // Torn: the writer is not done, and its last event comes after it.
    return undefined;
  }
}
