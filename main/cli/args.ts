import { parseArgs } from "node:util";
import type { Settings } from "../../contract/settings.ts";

/** The command line was written wrongly: exit code 2. */
export class UsageError extends Error {}

const flags = {
  home: { type: "string", value: "DIR", says: "the folder of this team (default ~/.claude-team, or CLAUDE_TEAM_HOME)" },
  json: { type: "boolean", says: "one JSON value on standard output" },
  help: { type: "boolean", short: "h", says: "this text" },
  port: { type: "string", value: "N", says: "the port on 127.0.0.1; 0 takes any free one" },
  terminal: { type: "string", value: "HOST", says: "where workers live: auto, iterm2, tmux or pty" },
  wait: { type: "boolean", says: "wait for the answer and print it" },
  command: { type: "boolean", says: "let a leading / or ! act, as in /compact" },
  request: { type: "string", value: "ID", says: "which request, when several are open" },
  reason: { type: "string", value: "TEXT", says: "told to Claude with a denial" },
  choose: { type: "string", value: "QUESTION=ANSWER", multiple: true, says: "answer a question; may be repeated" },
  gone: { type: "boolean", says: "also workers that have ended" },
  yes: { type: "boolean", short: "y", says: "do not ask" },
  print: { type: "boolean", says: "only print it" },
  header: { type: "boolean", says: "with --print: the one-line form with the token in it" },
  open: { type: "boolean", says: "open the panel in the browser" },
} as const;
type Flag = keyof typeof flags;

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
  list: { ...none, says: "list the workers and what each is doing", flags: ["gone", "json"] },
  status: { ...worker, says: "one worker: phase and why, requests, receipts, screen", flags: ["json"] },
  send: {
    ...{ words: "WORKER TEXT…", least: 2, most: many },
    says: "send a message (TEXT - reads standard input)",
    flags: ["wait", "command", "json"],
  },
  answer: {
    ...{ words: "WORKER [allow|deny]", least: 1, most: 2 },
    says: "answer what a worker asks",
    flags: ["request", "reason", "choose", "json"],
  },
  attach: { ...worker, says: "show a worker's tmux terminal in this one", flags: [] },
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
  if (first === undefined || first === "help" || first === "--help" || first === "-h")
    return { is: "help", command: null };
  if (first === "--version" || first === "-v") return { is: "version" };
  if (!isCommand(first)) {
    throw new UsageError(first.startsWith("-") ? `put the command before ${first}` : `there is no command ${first}`);
  }
  const { values, positionals: words } = parse(first, rest);
  if (values.help) return { is: "help", command: first };
  const { least, most } = shapes[first];
  if (words.length < least) throw new UsageError(`${first} needs ${shapes[first].words}`);
  if (words.length > most) throw new UsageError(`${first} does not take ${JSON.stringify(words[most])}`);
  return { is: "command", command: first, args: { words, flags: values } };
}

const isCommand = (word: string): word is CommandName => Object.hasOwn(shapes, word);

function parse(command: CommandName, argv: string[]): { values: Flags; positionals: string[] } {
  const options = Object.fromEntries(flagsOf(command).map((flag) => [flag, flags[flag]]));
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true, strict: true });
    return { values: values as Flags, positionals };
  } catch (cause) {
    const [fact] = (cause as Error).message.split(/\. |\n/);
    throw new UsageError(`${command}: ${fact}`, { cause });
  }
}

const flagsOf = (command: CommandName): Flag[] => [...shapes[command].flags, "home", "help"];

/** A port as typed; undefined when none was. */
export function portOf({ port }: Flags): number | undefined {
  if (port === undefined) return undefined;
  if (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) return Number(port);
  throw new UsageError(`--port takes a number from 0 to 65535, not ${JSON.stringify(port)}`);
}

const terminals: readonly Settings["terminal"][] = ["auto", "iterm2", "tmux", "pty"];

/** A terminal host as typed; undefined when none was. */
export function terminalOf({ terminal }: Flags): Settings["terminal"] | undefined {
  const known = terminals.find((one) => one === terminal);
  if (known || terminal === undefined) return known;
  throw new UsageError(`--terminal takes ${terminals.join(", ")}, not ${JSON.stringify(terminal)}`);
}

/** The help for everything, or for one command. */
export function help(command: CommandName | null): string {
  if (command === null) {
    const rows = Object.entries(shapes).map(([name, { words, says }]): [string, string] => [`${name} ${words}`, says]);
    return `claude-team COMMAND: run a team of Claude Code sessions\n\n${columns(rows)}\n\nclaude-team COMMAND --help tells more. Exit codes: 0 done, 1 failed, 2 wrongly typed, 3 not running.\n`;
  }
  const { words, says } = shapes[command];
  const rows = flagsOf(command).map((name): [string, string] => {
    const flag = flags[name];
    return [
      `${"short" in flag ? `-${flag.short}, ` : ""}--${name}${"value" in flag ? ` ${flag.value}` : ""}`,
      flag.says,
    ];
  });
  return `claude-team ${command}${words && ` ${words}`}: ${says}\n\n${columns(rows)}\n`;
}

function columns(rows: readonly [string, string][]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join("\n");
}
