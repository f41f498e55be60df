import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { TeamError } from "../../contract/error.ts";
import { createFinder } from "../claude/find.ts";
import { entryName } from "./mcp-entry.ts";
import { shellWord } from "./shell-word.ts";

/** Arguments of one run of Claude Code's own command. */
export type ClaudeRun = readonly string[];

export const removeRun = (name = entryName): ClaudeRun => ["mcp", "remove", name, "--scope", "user"];
export const addRun = (entry: object, name = entryName): ClaudeRun => [
  "mcp",
  "add-json",
  name,
  JSON.stringify(entry),
  "--scope",
  "user",
];

/** What would be run, as a person would type it: one line each. */
export const asTyped = (runs: readonly ClaudeRun[]) =>
  runs.map((args) => `claude ${args.map(shellWord).join(" ")}`).join("\n");

export interface Runner {
  readonly env: NodeJS.ProcessEnv;
  /** `claude` of settings.json. */
  readonly setting: string | null;
}

/** Runs them one after another. Throws CLAUDE_NOT_FOUND, or CLAUDE_REFUSED with Claude Code's own words. */
export async function runClaude(runs: readonly ClaudeRun[], { env, setting }: Runner, signal?: AbortSignal) {
  const { binary } = await createFinder({ env, setting: () => setting }).binary();
  for (const args of runs) {
    try {
      await promisify(execFile)(binary, [...args], { env, timeout: 60_000, ...(signal && { signal }) });
    } catch (cause) {
      const { stderr, message } = cause as Error & { stderr?: string };
      const words = (stderr || message).trim();
      throw new TeamError("CLAUDE_REFUSED", `claude ${args.slice(0, 2).join(" ")} failed: ${words}`, { cause });
    }
  }
}
