import { readFileSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { FakeArguments } from "./arguments.ts";

/** The release that is played. */
export const claudeVersion = "2.1.330";

/** What does not change while one fake Claude runs. */
export interface Facts {
  /** CLAUDE_CONFIG_DIR. */
  readonly config: string;
  readonly cwd: string;
  readonly branch: string;
  readonly name: string | null;
  /** The name of a session that was given none. */
  readonly derivedName: string;
  readonly model: string;
  readonly pid: number;
  /** The first conversation; some transcript lines keep naming it after `/clear`. */
  readonly firstConversation: string;
}

export function gatherFacts(args: FakeArguments, env: NodeJS.ProcessEnv): Facts {
  const cwd = realpathSync(process.cwd());
  return {
    config: env.CLAUDE_CONFIG_DIR ?? join(homedir(), ".claude"),
    cwd,
    branch: branchOf(cwd),
    name: args.name,
    derivedName: `${basename(cwd)}-${args.conversation.slice(0, 2)}`,
    model: args.model,
    pid: process.pid,
    firstConversation: args.conversation,
  };
}

/** The branch checked out in this folder or above it; `HEAD`, as Claude Code says, where there is none. */
function branchOf(folder: string): string {
  try {
    const head = readFileSync(join(folder, ".git", "HEAD"), "utf8").trim();
    return head.replace(/^ref: refs\/heads\//, "");
  } catch {
    const parent = dirname(folder); // no repository begins here
    return parent === folder ? "HEAD" : branchOf(parent);
  }
}

/** The folder of this project's transcripts, as Claude Code 2.1.330 names it (UTF-16 units; over 200, cut and hashed). */
export function transcriptFolder({ config, cwd }: Pick<Facts, "config" | "cwd">): string {
  const slug = cwd.replace(/[^a-zA-Z0-9]/g, "-");
  if (slug.length <= 200) return join(config, "projects", slug);
  let hash = 0;
  for (let unit = 0; unit < cwd.length; unit += 1) hash = ((hash << 5) - hash + cwd.charCodeAt(unit)) | 0;
  return join(config, "projects", `${slug.slice(0, 200)}-${Math.abs(hash).toString(36)}`);
}
