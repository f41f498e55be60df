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

/** Whether this entry is ours, for this port and home. */
export function isEntryFor(entry: unknown, port: number, paths: HomePaths): boolean {
  const wanted = entryFor(port, paths);
  const found = entry as Partial<typeof wanted>;
  return found.url === wanted.url && found.headersHelper === wanted.headersHelper;
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
