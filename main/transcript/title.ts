import { cut, type Loose, list, record, text } from "./loose.ts";

const titleLength = 120;

/** Which part of a tool's input says best what it does; tools of Claude Code 2.1.330. */
const telling: Record<string, (input: Loose, cwd: string | null) => string | null> = {
  Bash: (input) => text(input.command),
  BashOutput: (input) => text(input.bash_id),
  Read: (input, cwd) => within(input.file_path, cwd),
  Edit: (input, cwd) => within(input.file_path, cwd),
  MultiEdit: (input, cwd) => within(input.file_path, cwd),
  Write: (input, cwd) => within(input.file_path, cwd),
  NotebookEdit: (input, cwd) => within(input.notebook_path, cwd),
  Grep: (input) => text(input.pattern),
  Glob: (input) => text(input.pattern),
  Agent: (input) => text(input.description),
  Task: (input) => text(input.description),
  WebFetch: (input) => text(input.url),
  WebSearch: (input) => text(input.query),
  Skill: (input) => text(input.skill),
  ExitPlanMode: (input) => text(input.plan),
  AskUserQuestion: (input) => text(record(list(input.questions)[0]).question),
  TodoWrite: (input) => `${list(input.todos).length} to-dos`,
};

/** What a tool call does, on one line: `npm test`, `src/a.ts` (relative to `cwd`), `server · tool` for an MCP tool. */
export function titleOf(tool: string, input: unknown, cwd: string | null): string {
  const [, server, name] = /^mcp__(.+?)__(.+)$/.exec(tool) ?? [];
  if (server && name) return oneLine(`${server} · ${name}`);
  const words = telling[tool]?.(record(input), cwd) ?? Object.values(record(input)).find((value) => text(value));
  return oneLine(text(words) ?? "");
}

/** The tool and what it does: `Bash: npm test`. */
export function activityOf(tool: string, title: string): string {
  if (tool.startsWith("mcp__")) return title;
  return title === "" ? tool : `${tool}: ${title}`;
}

const oneLine = (words: string): string => cut(words.trim().replace(/\s+/g, " "), titleLength);

function within(path: unknown, cwd: string | null): string | null {
  const full = text(path);
  return cwd && full?.startsWith(`${cwd}/`) ? full.slice(cwd.length + 1) : full;
}
