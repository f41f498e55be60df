import { chmod, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "../terminal.ts";

/** The user variable of the session in which the wrapper reports; written by an escape sequence, so in order with the output. */
export const reportVariable = "claudeTeamRun";

/** What stands below the command's last output begins so; the host cuts it off. */
export const farewellStart = "── claude-team: ";

export interface Launch {
  readonly command: Command;
  /** Only this launch and its host know it: so that nothing the command prints can pass for the report. */
  readonly key: string;
  /** Shown when the command has ended. */
  readonly farewell: string;
}

/** Of these, iTerm2 knows better than the environment in which we were started. */
const ofTheTerminal = [
  ...["TERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TERM_SESSION_ID", "TERM_FEATURES", "TERMINFO", "TERMINFO_DIRS"],
  ...["COLORTERM", "COLORFGBG", "ITERM_PROFILE", "ITERM_SESSION_ID", "LC_TERMINAL", "LC_TERMINAL_VERSION"],
];

/** A shell keeps these for itself, or refuses some values of them. */
const ofTheShell = ["BASHOPTS", "BASH_VERSINFO", "EUID", "OPTIND", "PPID", "SHELLOPTS", "UID"];

/** The folder of the wrapper and of the launches that wait for it. */
export interface LaunchFolder {
  /** The wrapper's argv for the launch of this id, which is now awaited. */
  await(id: string): Promise<readonly string[]>;
  /** Lets the wrapper start the command. */
  release(id: string, launch: Launch): Promise<void>;
  /** Nothing is to start any more, or it has. */
  forget(id: string): Promise<void>;
}

/** Older launches are of a run that was killed. */
const staleMs = 60_000;

export function launchFolder(dir: string): LaunchFolder {
  const script = join(dir, "run");
  let prepared: Promise<void> | undefined;

  async function prepare(): Promise<void> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await chmod(dir, 0o700);
    await put(script, wrapper);
    for (const name of (await readdir(dir)).filter((one) => one.startsWith("launch-"))) {
      const { mtimeMs } = await stat(join(dir, name));
      if (Date.now() - mtimeMs > staleMs) await rm(join(dir, name), { force: true });
    }
  }

  return {
    async await(id) {
      prepared ??= prepare().catch((cause) => {
        prepared = undefined;
        throw cause;
      });
      await prepared;
      await put(join(dir, `${id}.wait`), "");
      return ["/bin/sh", script, id];
    },
    release: (id, launch) => put(join(dir, id), launchFile(launch)),
    async forget(id) {
      for (const name of [`${id}.wait`, id]) await rm(join(dir, name), { force: true });
    },
  };
}

/** Whole or not at all: a shell that reads the old one goes on with the old one. */
async function put(file: string, text: string): Promise<void> {
  const fresh = `${file}.new`;
  await writeFile(fresh, text, { mode: 0o600 });
  await rename(fresh, file);
}

/**
 * A POSIX shell that waits for its launch file, runs what is in it, and reports. Nothing starts before the host has marked the
 * session and written the file: a reply that was lost on the way leaves an empty pane, which closes itself, and never a worker
 * nobody knows. Signals to the group must not end the shell before its report (caught, not ignored: the command would inherit
 * that); a hang-up must, and does. The report comes behind all output. What is typed within 3 s of the end is dropped: it was
 * meant for the command; and of sessions shorter than that iTerm2 warns in a dialog that stops it.
 */
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: the shell's own placeholders
const wrapper = [
  "PATH=/usr/bin:/bin",
  "id=$1",
  "file=${0%/*}/$id",
  "report() {",
  `  printf '\\033]1337;SetUserVar=${reportVariable}=%s\\007' "$(printf %s "$1" | base64 | tr -d '\\n')"`,
  "}",
  "trap : INT QUIT TERM USR1 USR2 PIPE ALRM",
  'report "ready;$id;$$"',
  "turns=0",
  'until [ -f "$file" ]; do',
  "  turns=$((turns + 1))",
  '  if [ ! -f "$file.wait" ] || [ $turns -gt 300 ]; then',
  `    printf '%s\\n' '${farewellStart}there is nothing to start here any more. Press Return to close this pane.'`,
  "    read -r _",
  "    exit 0",
  "  fi",
  "  sleep 0.05",
  "done",
  '. "$file"',
  'rm -f "$file"',
  'report "started;$id;$$"',
  "exec 3>&2 2>/dev/null",
  "(claude_team_run 2>&3 3>&-)",
  "code=$?",
  "trap '' INT QUIT TERM TTOU TSTP",
  "stty sane",
  // The output may have ended inside a sequence, a frame, or with the mouse and the keyboard changed.
  "printf '\\030\\033\\\\\\033[?2026l\\033[0m\\033[?25h\\033[?1000l\\033[?1002l\\033[?1003l\\033[?1004l\\033[?1006l\\033[?2004l\\033[<u'",
  `printf '\\n%s\\n' "${farewellStart}$claude_team_farewell"`,
  "stty -echo -icanon min 0 time 10",
  'report "ended;$claude_team_key;$code"',
  // Builtins from here on: another process would seem to be left over from the command.
  "for turn in 1 2 3; do while read -r _; do :; done; done",
  "stty icanon",
  "read -r _",
  "",
].join("\n");
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: the shell's own placeholders

/** The shell function that becomes the command: in its directory, with its environment and what iTerm2 gives, and nothing else. */
function launchFile({ command, key, farewell }: Launch): string {
  const { argv, cwd, env } = command;
  const names = Object.keys(env);
  const isPlain = (name: string) => /^[A-Za-z_]\w*$/.test(name) && !ofTheShell.includes(name);
  const odd = names.filter((name) => !isPlain(name)).map((name) => `${name}=${env[name]}`);
  return [
    `claude_team_key=${quoted(key)}`,
    `claude_team_farewell=${quoted(farewell)}`,
    "claude_team_run() {",
    `cd -- ${quoted(cwd)} || exit 126`,
    ...dropForeign,
    ...names.filter(isPlain).map((name) => exported(name, env[name] ?? "")),
    ["exec", ...(odd.length > 0 ? ["/usr/bin/env"] : []), ...[...odd, ...argv].map(quoted)].join(" "),
    "}",
    "",
  ].join("\n");
}

/** Of several lines of one value, those that look like a name at worst drop a name that is not there. */
const dropForeign = [
  "for name in $(env | sed -n 's/^\\([A-Za-z_][A-Za-z0-9_]*\\)=.*/\\1/p'); do",
  `case $name in ${ofTheTerminal.join("|")}) ;; *) command unset "$name" 2>/dev/null ;; esac`,
  "done",
  "unset name",
];

function exported(name: string, value: string): string {
  const set = `export ${name}=${quoted(value)}`;
  return ofTheTerminal.includes(name) ? `[ "\${${name}+set}" ] || ${set}` : set;
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

export type Report = { is: "ready" | "started"; id: string; pid: number } | { is: "ended"; key: string; code: number };

/** What the wrapper reported; undefined for anything else. */
export function readReport(value: unknown): Report | undefined {
  const [is, name = "", number = ""] = typeof value === "string" ? value.split(";") : [];
  if (!/^\d{1,9}$/.test(number)) return undefined;
  if (is === "ready" || is === "started") return { is, id: name, pid: Number(number) };
  return is === "ended" ? { is, key: name, code: Number(number) } : undefined;
}
