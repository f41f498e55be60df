import * as z from "zod";
import { receipt } from "./receipt.ts";
import { request } from "./request.ts";

/** `worker-1`, `worker-2`, …; never used twice, also not after a restart. */
export const workerId = z
  .string()
  .regex(/^worker-[1-9]\d*$/)
  .brand("WorkerId");
export type WorkerId = z.infer<typeof workerId>;

/** A moment: milliseconds since the epoch. */
export const at = z.number();

/** What a worker is doing. Only `idle` accepts a message at once. */
export const phase = z.discriminatedUnion("is", [
  z.object({ is: z.literal("starting") }),
  z.object({ is: z.literal("idle") }),
  z.object({ is: z.literal("working") }),
  z.object({ is: z.literal("asking"), requests: z.array(request).min(1) }),
  z.object({ is: z.literal("gone"), reason: z.string() }),
]);
export type Phase = z.infer<typeof phase>;

/** One signal's say in a judgement; `agrees` is false for the signals that were overruled. */
export const reason = z.object({
  signal: z.enum(["live", "hook", "transcript", "process", "terminal", "screen", "team"]),
  says: z.string(),
  at: at.nullable(),
  agrees: z.boolean(),
});
export type Reason = z.infer<typeof reason>;

/** Something that went wrong inside Claude Code, or ended an answer early. Shown until the next turn begins. */
export const problem = z.object({
  is: z.enum(["retrying", "api_error", "rate_limited", "signed_out", "interrupted", "refused", "truncated"]),
  text: z.string(),
  at,
});
export type Problem = z.infer<typeof problem>;

export const permissionMode = z.enum(["manual", "acceptEdits", "plan", "bypassPermissions"]);
export type PermissionMode = z.infer<typeof permissionMode>;

export const hostKind = z.enum(["iterm2", "tmux", "pty"]);
export type HostKind = z.infer<typeof hostKind>;

/** The start of the newest answer; the whole text comes from `reply` or `history`. */
export const preview = z.object({ messageId: z.string(), text: z.string(), at });
export type Preview = z.infer<typeof preview>;

/** How full Claude's context is. */
export const context = z.object({
  /** Of the newest answer: what it was given, and what it said. */
  tokens: z.number(),
  /** The model's window; null when it is not known. */
  limit: z.number().nullable(),
});
export type Context = z.infer<typeof context>;

/** One managed Claude Code session as everybody sees it: counts and previews, never whole texts. */
export const worker = z.object({
  id: workerId,
  name: z.string(),
  /** Absolute, symbolic links resolved. */
  cwd: z.string(),
  phase,
  since: at,
  why: z.array(reason),
  /** Claude Code's own session id; `/clear` changes it. */
  conversation: z.string().nullable(),
  /** Absolute path of the conversation's JSONL file; null until Claude has written it. */
  transcript: z.string().nullable(),
  pid: z.number().nullable(),
  terminal: z.object({ host: hostKind, ref: z.string() }),
  model: z.string().nullable(),
  permissionMode,
  branch: z.string().nullable(),
  /** Root of the git repository it works in, for grouping: of a worktree, the main one's. Null outside of any. */
  repo: z.string().nullable(),
  /** Null until Claude answered, and again after a compaction or `/clear`. */
  context: context.nullable(),
  openedAt: at,
  lastActivity: at,
  /** Texts said so far by either side. */
  messageCount: z.number(),
  lastReply: preview.nullable(),
  /** The tool being run, as one line; null when none is. */
  activity: z.string().nullable(),
  problem: problem.nullable(),
  /** Finished, and no person has looked since. */
  unread: z.boolean(),
  /** When a person looked at it last; null: never. */
  lookedAt: at.nullable(),
  /** Of the messages we sent, oldest first; the newest 20. */
  receipts: z.array(receipt),
});
export type Worker = z.infer<typeof worker>;
