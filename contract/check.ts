import * as z from "zod";
import { hostKind } from "./worker.ts";

/** One thing that claude-team needs, looked at just now. */
export const check = z.object({
  name: z.enum(["terminal", "claude", "entry"]),
  /** missing: without it nothing works. note: it works, but something is worth knowing. */
  state: z.enum(["ok", "note", "missing"]),
  fact: z.string(),
  /** What to do; `change` is the exact text of what `fix` would do, null when only the person can do it. Null when all is well. */
  fix: z.object({ text: z.string(), change: z.string().nullable() }).nullable(),
  /** Of `terminal` only: the hosts that can open one now, in the order in which `auto` takes them. */
  hosts: z.array(hostKind).optional(),
  /** Of `entry` only: its name, which `/mcp reconnect` wants. */
  entry: z.string().optional(),
});
export type Check = z.infer<typeof check>;
export type CheckName = Check["name"];
