import { existsSync } from "node:fs";

export interface WrapperScript {
  /** The command's whole environment: what the shell adds of its own is taken away again. */
  readonly env: Readonly<Record<string, string>>;
  /** What to do first. */
  readonly before?: readonly string[];
  /** What tells the terminal of the end, behind all output: a format of printf with one `%s` for the code. */
  readonly report: string;
  /** How the shell stays until it is ended; it may follow the report with `&&`. */
  readonly stay: string;
}

const bash = "/bin/bash";

/** Bash where there is one: it alone passes on variables of any name. */
export const wrapperShell = (): string => (existsSync(bash) ? bash : "/bin/sh");

/** How a shell is started with a script, and with the command as its arguments. */
export const shellArgs = (shell: string, script: string, argv: readonly string[]): string[] => [
  ...(shell === bash ? ["-p"] : []),
  ...["-c", script, "sh", ...argv],
];

/**
 * A POSIX script that runs its arguments as a command, reports how that ended, and stays. Signals to the whole group must not
 * end the shell before its report. They are caught, not ignored: the command would inherit that. But a hang-up must end it, at
 * once: the kernel tells only the leader of the session, and the command when the leader is gone. The output may end inside a
 * sequence (hence CAN) or a frame.
 */
export function wrapperScript({ env, before = [], report, stay }: WrapperScript): string {
  const added = ["OLDPWD", "SHLVL"].filter((name) => !(name in env));
  return [
    "trap : INT QUIT TERM USR1 USR2 PIPE ALRM",
    ...before,
    `unset ${added.join(" ")}`,
    "exec 3>&2 2>/dev/null",
    '(exec "$@" 2>&3 3>&-)',
    "code=$?",
    "trap '' INT QUIT TERM TTOU TSTP",
    `printf '\\030\\033[?2026l${report}' "$code" ${stay}`,
  ].join("\n");
}
