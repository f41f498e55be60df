import { parseArgs } from "node:util";
import type { Input } from "../../contract/commands.ts";
import type { Settings } from "../../contract/settings.ts";
import type { HostKind, PermissionMode } from "../../contract/worker.ts";
import { nearest } from "../words/nearest.ts";

/** The command line was written wrongly: exit code 2. */
export class UsageError extends Error {}

/** What a flag is called, and what it does; `value` names what it takes. */
export const flags = {
  home: { type: "string", value: "DIR", says: "the folder of this team (default ~/.claude-team, or CLAUDE_TEAM_HOME)" },
  json: { type: "boolean", says: "one JSON value on standard output" },
  help: { type: "boolean", short: "h", says: "this text" },
  port: { type: "string", value: "N", says: "the port on 127.0.0.1; 0 takes any free one" },
  terminal: { type: "string", value: "HOST", says: "where workers live: auto, iterm2, tmux or pty" },
  name: { type: "string", value: "NAME", says: "what it is called; its id if left out" },
  model: { type: "string", value: "MODEL", says: "such as sonnet or opus; Claude Code's own choice if left out" },
  "permission-mode": { type: "string", value: "MODE", says: "manual, acceptEdits, plan or bypassPermissions" },
  force: { type: "boolean", says: "also while it works or asks; unfinished work is lost" },
  wait: { type: "boolean", says: "wait for the answer and print it" },
  "when-busy": {
    type: "string",
    value: "HOW",
    says: "hold it until it is idle (as a rule), queue it, or interrupt first",
  },
  command: { type: "boolean", says: "let a leading / or ! act, as in /compact" },
  request: { type: "string", value: "ID", says: "which request, when several are open" },
  reason: { type: "string", value: "TEXT", says: "told to Claude with a denial" },
  choose: { type: "string", value: "[QUESTION=]ANSWER", multiple: true, says: "answer a question; may be repeated" },
  any: { type: "boolean", says: "until the first of them, not all" },
  all: { type: "boolean", says: "also workers that have ended" },
  yes: { type: "boolean", short: "y", says: "do not ask" },
  print: { type: "boolean", says: "only print it" },
  header: { type: "boolean", says: "with --print: the one-line form with the token in it" },
  open: { type: "boolean", says: "open the panel in the browser" },
} as const;
export type Flag = keyof typeof flags;

interface Shape {
  readonly words: string;
  readonly says: string;
  readonly flags: readonly Flag[];
  /** How many words it takes. */
  readonly least: number;
  readonly most: number;
}

const none = { words: "", least: 0, most: 0 };
const worker = { words: "WORKER", least: 1, most: 1 };
const many = Number.POSITIVE_INFINITY;

/** Every command a person may type, in the order of the help. */
export const shapes = {
  start: { ...none, says: "open the app; without Electron, serve and print the panel's address", flags: [] },
  serve: { ...none, says: "run the team without an app", flags: ["port", "terminal", "json"] },
  open: { ...none, says: "open the panel in the browser (starts the server if needed)", flags: ["print", "json"] },
  list: { ...none, says: "list the workers and what each is doing", flags: ["all", "json"] },
  status: { ...worker, says: "one worker: phase and why, requests, receipts, screen", flags: ["json"] },
  spawn: {
    words: "DIR [TASK…]",
    least: 1,
    most: many,
    says: "start a worker in a directory (TASK - reads standard input)",
    flags: ["name", "model", "permission-mode", "terminal", "wait", "json"],
  },
  send: {
    words: "WORKER TEXT…",
    least: 2,
    most: many,
    says: "send a message (TEXT - reads standard input)",
    flags: ["wait", "when-busy", "command", "json"],
  },
  wait: {
    words: "WORKER…",
    least: 1,
    most: many,
    says: "wait until workers are done or ask something, and say how they stand",
    flags: ["any", "json"],
  },
  reply: { ...worker, says: "print a worker's newest answer", flags: ["wait", "json"] },
  answer: {
    words: "WORKER [allow|deny]",
    least: 1,
    most: 2,
    says: "answer what a worker asks",
    flags: ["request", "reason", "choose", "json"],
  },
  interrupt: { ...worker, says: "stop what a worker does, as Esc would", flags: ["json"] },
  rename: { words: "WORKER NAME", least: 2, most: 2, says: "call a worker something else", flags: ["json"] },
  close: { ...worker, says: "end a worker; its conversation stays", flags: ["force", "json"] },
  resume: { ...worker, says: "go on with a worker that has ended", flags: ["terminal", "json"] },
  dismiss: { ...worker, says: "take a worker that has ended off the list", flags: ["json"] },
  attach: { ...worker, says: "show a worker's terminal: tmux in this one, iTerm2 in its window", flags: [] },
  stop: { ...none, says: "stop the server; workers inside it (pty) end with it", flags: ["yes", "json"] },
  install: { ...none, says: "add claude-team to Claude Code", flags: ["port", "yes", "print", "header"] },
  uninstall: { ...none, says: "remove it from Claude Code", flags: ["yes"] },
  doctor: { ...none, says: "say what is missing, and how to get it", flags: ["port", "json"] },
  demo: { ...none, says: "try everything with a scripted Claude, without an account", flags: ["port", "open", "json"] },
  mcp: { ...none, says: "speak MCP on standard input and output for the running server", flags: [] },
} as const satisfies Record<string, Shape>;
export type CommandName = keyof typeof shapes;

export interface Args {
  readonly words: readonly string[];
  readonly flags: Flags;
}
/** Given flags only. */
export type Flags = { readonly [F in Flag]?: (typeof flags)[F] extends { multiple: true } ? string[] : FlagValue<F> };
type FlagValue<F extends Flag> = (typeof flags)[F]["type"] extends "boolean" ? boolean : string;

export type CommandLine =
  | { readonly is: "command"; readonly command: CommandName; readonly args: Args }
  | { readonly is: "help"; readonly command: CommandName | null }
  | { readonly is: "version" };

/** Reads a command line; throws UsageError with what is wrong in it. */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const [first, ...rest] = argv;
  if (first === undefined || first === "help" || first === "--help" || first === "-h") {
    const [about = ""] = rest;
    return { is: "help", command: isCommand(about) ? about : null };
  }
  if (first === "--version" || first === "-v") return { is: "version" };
  if (!isCommand(first)) {
    if (first.startsWith("-")) throw new UsageError(`put the command before ${first}`);
    throw new UsageError(`there is no command ${first}${nearestOf(first, Object.keys(shapes))}`);
  }
  const { values, positionals: words } = parse(first, rest);
  if (values.help) return { is: "help", command: first };
  const { least, most } = shapes[first];
  if (words.length < least) throw new UsageError(`${first} needs ${shapes[first].words}`);
  if (words.length > most) throw new UsageError(`${first} does not take ${JSON.stringify(words[most])}`);
  return { is: "command", command: first, args: { words, flags: values } };
}

export const isCommand = (word: string): word is CommandName => Object.hasOwn(shapes, word);

function parse(command: CommandName, argv: string[]): { values: Flags; positionals: string[] } {
  const options = Object.fromEntries(flagsOf(command).map((flag) => [flag, flags[flag]]));
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true, strict: true });
    return { values: values as Flags, positionals };
  } catch (cause) {
    const [fact = ""] = (cause as Error).message.split(/\. |\n/);
    const [, unknown] = /^Unknown option '--(.+)'$/.exec(fact) ?? [];
    const meant = unknown ? nearestOf(unknown, flagsOf(command), "--") : "";
    throw new UsageError(`${command}: ${fact}${meant}`, { cause });
  }
}

function nearestOf(word: string, known: readonly string[], mark = ""): string {
  const meant = nearest(word, known);
  return meant === undefined ? "" : `, the nearest is ${mark}${meant}`;
}

export const flagsOf = (command: CommandName): Flag[] => [...shapes[command].flags, "home", "help"];

/** A port as typed; undefined when none was. */
export function portOf({ port }: Flags): number | undefined {
  if (port === undefined) return undefined;
  if (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) return Number(port);
  throw new UsageError(`--port takes a number from 0 to 65535, not ${JSON.stringify(port)}`);
}

const terminals: readonly Settings["terminal"][] = ["auto", "iterm2", "tmux", "pty"];
const modes: readonly PermissionMode[] = ["manual", "acceptEdits", "plan", "bypassPermissions"];

/** A terminal host as typed; undefined when none was. */
export const terminalOf = ({ terminal }: Flags): Settings["terminal"] | undefined =>
  oneOf("--terminal", terminals, terminal);

/** The host for one worker; undefined leaves it to the settings. */
export function hostOf(given: Flags): HostKind | undefined {
  const terminal = terminalOf(given);
  return terminal === "auto" ? undefined : terminal;
}

/** What to do with a message for a worker at work. */
export const whenBusyOf = (given: Flags): Input<"send">["whenBusy"] =>
  oneOf("--when-busy", ["hold", "queue", "interrupt"] as const, given["when-busy"]);

/** A permission mode as typed; undefined when none was. */
export const modeOf = (given: Flags): PermissionMode | undefined =>
  oneOf("--permission-mode", modes, given["permission-mode"]);

function oneOf<T extends string>(flag: string, known: readonly T[], given: string | undefined): T | undefined {
  const found = known.find((one) => one === given);
  if (found !== undefined || given === undefined) return found;
  throw new UsageError(`${flag} takes ${known.join(", ")}, not ${JSON.stringify(given)}`);
}
