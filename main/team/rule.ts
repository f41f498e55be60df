import { basename, dirname, isAbsolute, normalize } from "node:path/posix";
import { isDeepStrictEqual } from "node:util";
import type { Ask } from "../../contract/observation.ts";
import type { Rule } from "../../contract/rule.ts";

/** This path without symbolic links; undefined when that cannot be told. */
type RealPath = (path: string) => string | undefined;

/** The first rule that answers this request. What is not certain matches nothing: then a person is asked. */
export function ruleFor(ask: Ask, rules: readonly Rule[], realPath: RealPath): Rule | undefined {
  return rules.find((rule) => faultOf(rule) === null && matches(rule, ask, realPath));
}

function matches({ tool, cwd, match }: Rule, ask: Ask, realPath: RealPath): boolean {
  if (ask.kind !== "permission" || ask.tool !== tool || ask.cwd !== cwd) return false;
  const input = inputOf(ask);
  if (!input) return false;
  switch (match.is) {
    case "exact":
      return isDeepStrictEqual(input, match.input);
    case "prefix":
      return Object.keys(input).length === 1 && startsWith(String(input.command), match.prefix);
    case "folder":
      return isInside(String(input[fileField[tool] ?? ""] ?? ""), match.folder, realPath);
  }
}

/** The rules that would have answered this request: exactly it, then the wider ones, narrowest first. */
export function rulesFor(ask: Ask, realPath: RealPath): Rule[] {
  const input = inputOf(ask);
  if (ask.kind !== "permission" || !ask.cwd || !input) return [];
  const common = { tool: ask.tool, cwd: ask.cwd };
  const exact: Rule = { ...common, match: { is: "exact", input } };
  const wider: Rule[] = [
    ...prefixesOf(String(input.command ?? "")).map((prefix) => ({
      ...common,
      match: { is: "prefix" as const, prefix },
    })),
    ...foldersOf(ask, realPath).map((folder) => ({ ...common, match: { is: "folder" as const, folder } })),
  ];
  return [exact, ...wider].filter((rule) => ruleFor(ask, [rule], realPath) !== undefined);
}

/** What is wrong with a rule, for whoever wrote it; null when it may count. */
export function faultOf({ tool, cwd, match }: Rule): string | null {
  if (never.has(tool)) return `${tool} is always a person's to answer`;
  if (normalize(cwd) !== cwd) return `${cwd} is not a plain absolute path`;
  if (match.is === "prefix") return prefixFault(tool, match.prefix);
  if (match.is === "folder") return folderFault(tool, match.folder);
  if (JSON.stringify(match.input).length > longestInput) return "its input is too long to be kept";
  return null;
}

/** Tools that ask the person by themselves, and the mode they switch. */
const never = new Set(["AskUserQuestion", "ExitPlanMode", "EnterPlanMode"]);
const longestInput = 20_000;

function prefixFault(tool: string, prefix: string): string | null {
  const all = prefix.split(" ");
  if (tool !== "Bash") return "only a Bash command has a beginning";
  if (!words.test(prefix)) return "a beginning is made of plain words only";
  if (all[0]?.includes("=")) return "a beginning may not set a variable";
  const runner = runnerIn(all);
  return runner === undefined ? null : `${runner} runs other programs: keep the exact command instead`;
}

function folderFault(tool: string, folder: string): string | null {
  if (!fileField[tool]) return `${tool} names no file`;
  if (folder === "/" || normalize(folder) !== folder || folder.endsWith("/")) return `${folder} is not a plain folder`;
  return null;
}

/** Words in which no shell sees more than letters: no quote, no variable, no glob, nothing that ends a command. */
const words = /^[\w.,/:@+=-]+(?: [\w.,/:@+=-]+)*$/;
const moreWords = /^(?: +[\w.,/:@+=-]+)*$/;

function startsWith(command: string, prefix: string): boolean {
  return command.startsWith(prefix) && moreWords.test(command.slice(prefix.length));
}

/** Programs whose words are programs again; a beginning of theirs says nothing about what will run. */
const runners = new Set(
  `sh bash zsh dash ksh mksh ash csh tcsh fish pwsh busybox env sudo doas su chroot xargs parallel exec eval command builtin
   source . coproc trap noglob nocorrect nohup time timeout nice stdbuf setsid watch script expect tmux screen gdb strace
   node nodejs deno bun tsx ts-node python perl ruby php lua java osascript ssh npx bunx uvx pipx awk gawk sed find git-shell
   docker podman kubectl claude claude-team`.split(/\s+/),
);
/** Second words after which any program may follow. */
const launching = new Set(["run", "exec", "x", "dlx"]);
/** Programs of so many commands and options (`git -c core.pager=…`) that their name alone says nothing either. */
const crowded = new Set(["git", "gh", "npm", "pnpm", "yarn", "cargo", "go"]);

/** The words of a beginning that let any program follow; undefined when there are none. */
function runnerIn([first = "", second, ...rest]: readonly string[]): string | undefined {
  const program = programOf(first);
  if (runners.has(program)) return first;
  if (second === undefined) return crowded.has(program) ? first : undefined;
  if (!launching.has(second)) return undefined;
  return rest[0] === undefined || rest[0].startsWith("-") ? `${first} ${second}` : runnerIn(rest);
}

/** Of whatever version (`python3.12`), and however it is written where a disk does not tell cases apart. */
const programOf = (word: string) =>
  basename(word)
    .toLowerCase()
    .replace(/(?<=[a-z])-?\d[\d.]*$/, "");

/** A program's first two words, three where the second is to run the third, or its name alone when an option follows. */
function prefixesOf(command: string): string[] {
  if (!words.test(command)) return [];
  const [first = "", second, third] = command.split(" ");
  if (second === undefined) return [];
  if (second.startsWith("-")) return [first];
  return [[first, second, ...(launching.has(second) && third ? [third] : [])].join(" ")];
}

/** Which field of a tool's input names its file; Claude Code 2.1.330. */
const fileField: Readonly<Record<string, string>> = {
  Edit: "file_path",
  MultiEdit: "file_path",
  Write: "file_path",
  Read: "file_path",
  NotebookEdit: "notebook_path",
};

function foldersOf(ask: Ask, realPath: RealPath): string[] {
  const path = inputOf(ask)?.[fileField[ask.tool] ?? ""];
  const real = typeof path === "string" ? realPath(path) : undefined;
  if (!real || !ask.cwd) return [];
  const folder = dirname(real);
  return folder.startsWith(`${ask.cwd}/`) ? [folder, ask.cwd] : [folder];
}

/** A hidden folder holds what runs by itself later (`.git/hooks`, `.claude`), so it is never inside. */
function isInside(path: string, folder: string, realPath: RealPath): boolean {
  if (!isAbsolute(path) || normalize(path) !== path || !isLiteral(path)) return false;
  const real = realPath(path);
  if (real === undefined || realPath(folder) !== folder || !real.startsWith(`${folder}/`)) return false;
  return ![real, path].some((way) => way.slice(folder.length).includes("/."));
}

/** Not one that becomes another when it is trimmed, when its letters are composed, or on a disk that leaves out what cannot be seen. */
const isLiteral = (path: string) =>
  path === path.trim().normalize("NFC") && !/\p{Default_Ignorable_Code_Point}/u.test(path);

/** The tool's input, without what changes nothing about what is done; undefined when there is more in it than we know. */
function inputOf(ask: Ask): Record<string, unknown> | undefined {
  if (typeof ask.input !== "object" || ask.input === null || Array.isArray(ask.input)) return undefined;
  if (ask.tool !== "Bash") return { ...ask.input };
  const { description: _, timeout: __, ...done } = ask.input as Record<string, unknown>;
  const said = Object.entries(done).filter(([, value]) => value !== false && value !== undefined);
  const known = said.every(([key]) => key === "command" || key === "run_in_background");
  return known && typeof done.command === "string" ? Object.fromEntries(said) : undefined;
}
