import type { TeamState } from "../../contract/reduce.ts";
import type { Settings } from "../../contract/settings.ts";
import type { Worker } from "../../contract/worker.ts";

export interface ReportFacts {
  readonly now: number;
  /** What runs, by name: claude-team, Electron, the system. */
  readonly versions: Readonly<Record<string, string>>;
  readonly state: TeamState;
  /** The newest lines of the log, oldest first. */
  readonly log: readonly string[];
  /** The person's home folder, which stands as `~`. */
  readonly userHome: string;
}

/** A text for a bug report: what runs, how it is set, how the team stands, and the end of the log; no secrets, names, paths or messages. */
export function writeReport({ now, versions, state, log, userHome }: ReportFacts): string {
  const settings = state.settings;
  const lines = [
    "## claude-team report",
    "",
    new Date(now).toISOString(),
    ...Object.entries(versions).map(([name, version]) => `- ${name}: ${version}`),
    `- managers connected: ${state.managers}`,
    "",
    "### Settings",
    ...(settings ? describe(settings.values) : ["not known"]),
    ...(settings?.problem ? [`- problem: ${settings.problem}`] : []),
    "",
    "### Workers",
    ...[...state.workers.values()].map((worker) => tell(worker, now)),
    "",
    "### Log",
    "```",
    ...log,
    "```",
  ];
  return redact(lines.join("\n"), userHome);
}

/** Only what says how claude-team behaves; of lists, only how long they are. */
function describe(values: Settings): string[] {
  return Object.entries(values).map(([name, value]) => {
    if (name === "claude") return `- claude: ${value === null ? "found by itself" : "set"}`;
    if (Array.isArray(value)) return `- ${name}: ${value.length} given`;
    return `- ${name}: ${JSON.stringify(value)}`;
  });
}

/** The signals behind a status, which is what most reports are about. */
function tell({ id, phase, terminal, why, since }: Worker, now: number): string {
  const signals = why.map(({ signal, agrees, at }) => {
    const age = at === null ? "" : ` ${Math.round((now - at) / 1000)} s`;
    return `${signal}${age} ${agrees ? "agrees" : "overruled"}`;
  });
  const seconds = Math.round((now - since) / 1000);
  return `- ${id}: ${phase.is} for ${seconds} s in ${terminal.host} (${signals.join(", ")})`;
}

/** Takes out what a public report must not hold: secrets by their shape, addresses, and whose machine and which projects it is about. */
export function redact(text: string, userHome: string): string {
  return text
    .replaceAll(userHome, "~")
    .replace(/\/(?:Users|home)\/[^/\s"'\\]+/g, "~")
    .replace(/file:\/\/(?=[/~])/g, "")
    .replace(quotedPath, (_all, quote: string, path: string) => `${quote}${shortened(path)}${quote}`)
    .replace(barePath, shortened)
    .replace(/Bearer\s+[\w.~+/=-]+/gi, "Bearer [redacted]")
    .replace(/#code=[\w-]+/g, "#code=[redacted]")
    .replace(/\b(?:sk|pk|gh[a-z]|github_pat|xox[a-z]|glpat|AKIA|AIza)[-_]?[\w-]{12,}/g, "[redacted]")
    .replace(/\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "[address]")
    .replace(/[\w+-]{24,}={0,2}/g, (long) => (/\d/.test(long) && /[A-Za-z]/.test(long) ? "[redacted]" : long));
}

/** In quotes a path may have spaces everywhere; without them in all but its last part, where nobody could tell its end. */
const quotedPath = /(["'`])((?:~|(?!\/\/))\/(?:(?!\1)[^\n\\])*)\1/g;
const barePath = /(?<![\w~/.…-])(?:~|(?!\/\/))\/(?:[^/\n"'`\\:,()[\]{}]+\/)*[^/\s"'`\\:,)\]}]*/g;

/** `~/…` or `/…`, with the name of one of our files. A command (`/clear`), a door (`/mcp`) and what belongs to the system stay. */
function shortened(path: string): string {
  const parts = path.split("/");
  const name = parts.at(-1) ?? "";
  if (parts[0] === "" && (parts.length < 3 || /^(?:bin|dev|proc|sbin|System|usr)$/.test(parts[1] ?? ""))) return path;
  return `${parts[0]}/…${isOurs.test(name) ? `/${name}` : ""}`;
}

/** Names of files that say where in claude-team something failed, not what somebody works on. */
const isOurs = /^[\w-]+\.(?:[cm]?js|tsx?|jsonl?|desktop)$/;
