import { join, resolve } from "node:path";
import { TeamError } from "../../contract/error.ts";

/** Where everything of one home stands; absolute. */
export interface HomePaths {
  readonly dir: string;
  /** The manager's. */
  readonly token: string;
  /** The person's, for the command line. */
  readonly personToken: string;
  /** Signs the secrets of browser pages. */
  readonly panelKey: string;
  readonly authHeader: string;
  readonly settings: string;
  readonly journal: string;
  /** The team's timeline. */
  readonly activity: string;
  readonly server: string;
  readonly workers: string;
  readonly logs: string;
}

/** What a POSIX shell reads as more than a letter: the path stands unquoted in hook and helper commands. */
const special = /[\s"'`$\\&|;<>()*?[\]{}!#~^\p{Cc}]/u;

/** The home folder: `--home`, else CLAUDE_TEAM_HOME, else `~/.claude-team`. Throws HOME_UNSAFE for a path a shell would take apart. */
export function chooseHome(flag: string | undefined, env: NodeJS.ProcessEnv, userHome: string): string {
  const dir = resolve(flag || env.CLAUDE_TEAM_HOME || join(userHome, ".claude-team"));
  const found = special.exec(dir)?.[0];
  if (found === undefined) return dir;
  const name = found === " " ? "a space" : JSON.stringify(found);
  throw new TeamError("HOME_UNSAFE", `the home folder ${dir} has ${name} in its path, and it stands in shell commands`);
}

export function homePaths(dir: string): HomePaths {
  return {
    dir,
    token: join(dir, "token"),
    personToken: join(dir, "person-token"),
    panelKey: join(dir, "panel-key"),
    authHeader: join(dir, "auth-header"),
    settings: join(dir, "settings.json"),
    journal: join(dir, "journal.jsonl"),
    activity: join(dir, "activity.jsonl"),
    server: join(dir, "server.json"),
    workers: join(dir, "workers"),
    logs: join(dir, "logs"),
  };
}
