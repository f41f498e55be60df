import type { Rule } from "./rule.ts";

/** A rule in exact words, for a person to read before it is kept; pure, and without zod, so that the panel may use it. */
export function ruleWords({ tool, cwd, match }: Rule): string {
  switch (match.is) {
    case "exact":
      return `${tool}: exactly ${exactly(tool, match.input)}, in ${cwd}`;
    case "prefix":
      return `${tool}: ${match.prefix}, alone or followed by plain words, in ${cwd}`;
    case "folder":
      return `${tool}: any file inside ${match.folder}, hidden folders left out, in ${cwd}`;
  }
}

function exactly(tool: string, input: Record<string, unknown>): string {
  const { command, ...rest } = input;
  if (tool !== "Bash" || typeof command !== "string") return JSON.stringify(input);
  return Object.keys(rest).length === 0 ? command : `${command} (with ${JSON.stringify(rest)})`;
}
