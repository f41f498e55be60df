import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { HomePaths } from "../home/paths.ts";

/** Whose Claude Code it is. */
export interface Person {
  readonly env: NodeJS.ProcessEnv;
  readonly userHome: string;
}

/** Our name in Claude Code's configuration. */
export const entryName = "claude-team";

/** The name there that is looked for: the demo has another one, so that nobody takes it for the team. */
export const entryNameOf = ({ env }: Pick<Person, "env">): string => env.CLAUDE_TEAM_ENTRY || entryName;

/** Our entry there. The longest wait is an hour, and `timeout` is a wall clock over it (Claude Code 2.1.330). */
export function entryFor(port: number, paths: HomePaths) {
  return {
    type: "http",
    url: `http://127.0.0.1:${port}/mcp`,
    headersHelper: paths.authHeader,
    alwaysLoad: true,
    timeout: 3_600_000,
  };
}

/**
 * How an entry that stands there leads to us at this port and home; null when it does not. There are three that work: what
 * `install` adds, the line of `install --print --header` with the token of today, and our stdio bridge, whose home is not told.
 */
export function wayOf(entry: unknown, port: number, paths: HomePaths, token: string | undefined): string | null {
  const wanted = entryFor(port, paths);
  const { url, headersHelper, headers, command, args } = entry as Partial<Record<string, unknown>>;
  if (typeof command === "string" && Array.isArray(args) && args.at(-1) === "mcp")
    return "by the command claude-team mcp";
  if (url !== wanted.url) return null;
  if (headersHelper === wanted.headersHelper) return `for port ${port}`;
  const { Authorization: given } = (headers ?? {}) as { Authorization?: unknown };
  return token !== undefined && given === `Bearer ${token}` ? `for port ${port}, with the token in it` : null;
}

/** The file with Claude Code's user-wide MCP servers (Claude Code 2.1.330). */
export function claudeConfigFile({ env, userHome }: Person): string {
  return join(env.CLAUDE_CONFIG_DIR || userHome, ".claude.json");
}

/** The entry with our name in the person's configuration; undefined when there is none. */
export async function findEntry(person: Person): Promise<unknown> {
  try {
    return JSON.parse(await readFile(claudeConfigFile(person), "utf8"))?.mcpServers?.[entryNameOf(person)];
  } catch {
    // Claude Code never ran here, or it is writing now: it is the one to say so.
    return undefined;
  }
}

/** An entry to be shown: header values are secrets. */
export function showEntry(entry: unknown): string {
  return JSON.stringify(entry, (key, value) =>
    key === "headers" ? Object.fromEntries(Object.keys(value).map((name) => [name, "…"])) : value,
  );
}
