import * as z from "zod";
import { activityPage } from "./activity.ts";
import { check } from "./check.ts";
import { closing, digest } from "./digest.ts";
import { page } from "./message.ts";
import { receipt } from "./receipt.ts";
import { reply } from "./reply.ts";
import { answer } from "./request.ts";
import { rule } from "./rule.ts";
import { screen } from "./screen.ts";
import { settingsChange, settingsState } from "./settings.ts";
import { at, hostKind, permissionMode, worker, workerId } from "./worker.ts";

/** Who calls. A manager is an agent and may do less than a person. */
export type Caller = "person" | "manager";

/** An id, a name, or a terminal's ref. */
const ref = z.string().min(1);
/** It is drawn in terminals, where some characters steer. */
const name = z
  .string()
  .trim()
  .normalize()
  .min(1)
  .max(80)
  .refine((text) => !/\p{Cc}|\p{Bidi_Control}/u.test(text), "a name has no control characters");

/** Where a new terminal goes. A host without windows ignores it. */
export const place = z.discriminatedUnion("at", [
  z.object({ at: z.enum(["auto", "window", "tab"]) }),
  z.object({ at: z.enum(["right", "below"]), of: ref.optional() }),
]);
export type Place = z.infer<typeof place>;

const spawn = z.object({
  cwd: z.string().min(1),
  name: name.optional(),
  prompt: z.string().min(1).max(200_000).optional(),
  model: z
    .string()
    .regex(/^[A-Za-z0-9][\w.:@/[\]-]{0,99}$/)
    .optional(),
  permissionMode: permissionMode.optional(),
  place: place.default({ at: "auto" }),
  /** Which host; default the settings' one. */
  terminal: hostKind.optional(),
});

/** What a resumed or forked worker may get along. */
const again = z.object({ worker: ref, place: place.default({ at: "auto" }), terminal: hostKind.optional() });

const send = z.object({
  worker: ref,
  text: z.string().max(500_000),
  /** `command` lets a leading `/` or `!` act; `text` never does. */
  as: z.enum(["text", "command"]).default("text"),
  /** While it works: hold until idle, hand to Claude's own queue, or interrupt first. */
  whenBusy: z.enum(["hold", "queue", "interrupt"]).default("hold"),
});

const history = z.object({
  worker: ref,
  /** First message wanted; default 30 before `to`. */
  from: z.number().int().min(0).optional(),
  /** One past the last message wanted; default the end. */
  to: z.number().int().min(0).optional(),
});

const nothing = z.object({});

/**
 * Everything a caller may ask of the team, from an agent (MCP) or from a person (panel, CLI). Who may ask what is one table in
 * main/team/rights.ts.
 */
export const commands = {
  spawn: { input: spawn, output: worker },
  list: { input: z.object({ gone: z.boolean().default(false) }), output: z.array(worker) },
  status: {
    input: z.object({ worker: ref }),
    /** `screen`: the last rows that are not blank, as text; null, with `screenError`, when it cannot be read. */
    output: z.object({ worker, screen: z.array(z.string()).nullable(), screenError: z.string().nullable() }),
  },
  send: { input: send, output: receipt },
  /** Takes a held message back; refused once it is typed. */
  withdraw: { input: z.object({ worker: ref, message: z.string() }), output: receipt },
  /**
   * Sends a message once more that was typed and never confirmed; what stands of it in the input box is cleared. `sent` false:
   * nothing was sent, since `receipt` stands for it: itself, submitted after all, or an earlier repeat of it.
   */
  resend: {
    input: z.object({ worker: ref, message: z.string() }),
    output: z.object({ sent: z.boolean(), receipt }),
  },
  /** Waits (with `wait`) until the turn of `message`, or of the newest message, is over or the worker asks. */
  reply: {
    input: z.object({ worker: ref, message: z.string().optional(), wait: z.boolean().default(true) }),
    output: reply,
  },
  answer: {
    input: z.object({ worker: ref, request: z.string().optional(), answer }),
    output: z.object({
      worker: workerId,
      request: z.string(),
      outcome: z.enum(["answered", "proposed"]),
      via: z.enum(["hook", "key"]),
    }),
  },
  interrupt: { input: z.object({ worker: ref }), output: worker },
  /** Empties the input box of an idle worker: an unconfirmed message or a draft nobody wants. */
  clear: { input: z.object({ worker: ref }), output: nothing },
  /** Resolves when all (or any) are no longer starting or working. */
  wait: {
    input: z.object({ workers: z.array(ref).min(1).max(200), mode: z.enum(["all", "any"]).default("all") }),
    output: z.object({ settled: z.array(worker), waiting: z.array(worker) }),
  },
  history: { input: history, output: page },
  /** With `after`, waits until the screen is newer than that rev. */
  screen: { input: z.object({ worker: ref, after: z.number().optional() }), output: screen },
  /** A person's own key presses in the worker's terminal, as a terminal would send them; not for managers. */
  type: { input: z.object({ worker: ref, keys: z.string().min(1).max(10_000) }), output: nothing },
  resize: {
    input: z.object({
      worker: ref,
      cols: z.number().int().min(20).max(500),
      rows: z.number().int().min(5).max(200),
    }),
    output: nothing,
  },
  rename: { input: z.object({ worker: ref, name }), output: worker },
  /** A person has looked at it: no longer unread, and `lookedAt` is now. Ask for its `digest` before. */
  look: { input: z.object({ worker: ref }), output: nothing },
  /** Ends it; refused while it works or asks, unless `force`. */
  close: { input: z.object({ worker: ref, force: z.boolean().default(false) }), output: worker },
  /** What closing it now would lose, for the dialog that asks first. */
  closing: { input: z.object({ worker: ref }), output: closing },
  /** Takes an ended worker off the list. */
  dismiss: { input: z.object({ worker: ref }), output: nothing },

  /** Brings its terminal to the person's eyes. Throws TERMINAL_HIDDEN where there is nothing to bring. */
  focus: { input: z.object({ worker: ref }), output: nothing },
  /** An ended worker goes on in a new terminal, under its id and name, with its history: the undo of `close`. */
  resume: { input: again, output: worker },
  /** A new worker with a copy of this one's conversation; `name` defaults to its id. */
  fork: { input: again.extend({ name: name.optional() }), output: worker },
  /** What it did since a person looked last (`lookedAt`), or since then. */
  digest: { input: z.object({ worker: ref, since: at.optional() }), output: digest },
  /** The team's timeline, newest first; `before` is the `seq` of the oldest entry known. `worker`: an id, also of a dismissed one. */
  activity: {
    input: z.object({
      worker: ref.optional(),
      before: z.number().int().optional(),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: activityPage,
  },

  settings: { input: nothing, output: settingsState },
  /** Writes some settings; they count at once unless the result names them in `restart`. Refused while the file is broken. */
  configure: { input: settingsChange, output: settingsState },
  /** The rules that would have answered this request, narrowest first; shown to the person, who keeps one with `addRule`. */
  rulesFor: { input: z.object({ worker: ref, request: z.string() }), output: z.object({ rules: z.array(rule) }) },
  /** Keeps a rule; open requests that it answers are answered at once, and counted. */
  addRule: { input: z.object({ rule }), output: z.object({ answered: z.number() }) },
  removeRule: { input: z.object({ rule }), output: nothing },
  /** A new token for managers; the old one is refused from now on. Claude Code asks its headersHelper for the new one by itself. */
  rotateToken: { input: nothing, output: nothing },

  /** Directories that workers were spawned in, newest first; only those that still exist. */
  projects: { input: nothing, output: z.array(z.object({ path: z.string(), at })) },
  /** Directories that this beginning of a path may become, as it was written (`~` stays `~`); `more`: there are others. */
  complete: {
    input: z.object({ path: z.string().max(4096) }),
    output: z.object({ directories: z.array(z.string()), more: z.boolean() }),
  },
  /** What claude-team needs, looked at now. */
  checks: { input: nothing, output: z.array(check) },
  /** Does exactly `change`, as a check showed it; refused when it would be another one by now. Resolves with the check after it. */
  fix: { input: z.object({ name: check.shape.name, change: z.string().min(1) }), output: check },
} as const;

export type Commands = typeof commands;
export type CommandName = keyof Commands;
/** What a caller writes: defaults may be left out. */
export type Input<K extends CommandName> = z.input<Commands[K]["input"]>;
/** What the team gets: parsed, defaults filled in. */
export type Parsed<K extends CommandName> = z.output<Commands[K]["input"]>;
export type Output<K extends CommandName> = z.output<Commands[K]["output"]>;
