import { type CommandName, type Flag, flags, flagsOf, isCommand, shapes } from "./args.ts";

/** The help for everything, or for one command. */
export function help(command: CommandName | null): string {
  if (command === null) {
    const rows = Object.entries(shapes).map(([name, { words, says }]): [string, string] => [`${name} ${words}`, says]);
    return `claude-team COMMAND: run a team of Claude Code sessions\n\n${columns(rows)}\n\nclaude-team COMMAND --help tells more. Exit codes: 0 done, 1 failed, 2 wrongly typed, 3 not running.\n`;
  }
  const { words, says } = shapes[command];
  const rows = flagsOf(command).map((name): [string, string] => {
    const flag = flags[name];
    return [`${"short" in flag ? `-${flag.short}, ` : ""}${written(name)}`, flag.says];
  });
  return `claude-team ${command}${words && ` ${words}`}: ${says}\n\n${columns(rows)}\n`;
}

/** What to do about a wrongly typed line: how its command is written, or where all of them stand. */
export function usage(first: string | undefined): string {
  if (first === undefined || !isCommand(first)) return "claude-team --help shows how.";
  const options = flagsOf(first).filter((name) => name !== "help");
  const parts = [shapes[first].words, ...options.map((name) => `[${written(name)}]`)].filter(Boolean);
  return `Usage: claude-team ${first} ${parts.join(" ")}`;
}

function written(name: Flag): string {
  const flag = flags[name];
  return `--${name}${"value" in flag ? ` ${flag.value}` : ""}`;
}

function columns(rows: readonly [string, string][]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join("\n");
}
