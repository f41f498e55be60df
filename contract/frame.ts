import * as z from "zod";
import { advice, type ErrorCode } from "./error.ts";
import { teamEvent } from "./events.ts";

const wireError = z.object({
  code: z.enum(Object.keys(advice) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  facts: z.record(z.string(), z.unknown()).optional(),
});

/** The only five things that ever cross between renderer and main. */
export const frame = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("call"), id: z.number().int(), name: z.string(), input: z.unknown() }),
  z.object({ kind: z.literal("cancel"), id: z.number().int() }),
  /** Whether a person can see the page. Unseen it gets only what its title counts; seen again, the whole team first. */
  z.object({ kind: z.literal("seen"), seen: z.boolean() }),
  z.object({
    kind: z.literal("result"),
    id: z.number().int(),
    value: z.unknown().optional(),
    error: wireError.optional(),
  }),
  z.object({ kind: z.literal("event"), event: teamEvent }),
]);
export type Frame = z.infer<typeof frame>;

/** A two-way pipe of frames. Electron's IPC, a WebSocket and a pair in memory (tests) each are one. */
export interface Pipe {
  post(frame: Frame): void;
  /** What arrives is foreign until parsed. */
  onFrame(listener: (frame: unknown) => void): void;
  onClose(listener: () => void): void;
  /** Ends it from this side, with the reason. */
  close(reason: string): void;
}
