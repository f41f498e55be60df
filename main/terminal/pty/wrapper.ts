import { existsSync } from "node:fs";
import type { Command } from "../terminal.ts";

/** The operating system command (OSC) in which the wrapper reports; no program is known to use this number. */
export const reportCommand = 451_700;

const bash = "/bin/bash";

/**
 * A shell around the command. A pseudo-terminal loses what was not read yet when its last user goes (node-pty #72), so the
 * shell stays: it reports the code behind the command's last output, under a number only this terminal knows, then stops
 * until it is killed, or dies of the hang-up when we are gone. Bash where there is one: it alone can close the other
 * terminals' descriptors, which node-pty 1.1 leaks to every later child, and passes on variables of any name.
 */
export function wrap(
  command: Command,
  nonce: string,
  shell = existsSync(bash) ? bash : "/bin/sh",
): { file: string; args: string[] } {
  const isBash = shell === bash;
  const args = [...(isBash ? ["-p"] : []), "-c", script(command, nonce, isBash), "sh", ...command.argv];
  return { file: shell, args };
}

/**
 * Signals to the whole group must not end the shell before its report. They are caught, not ignored: the command would
 * inherit that. But a hang-up must end it, at once: the kernel tells only the leader of the session, and the command when the
 * leader is gone. The output may end inside a sequence (hence CAN) or a frame.
 */
function script(command: Command, nonce: string, canClose: boolean): string {
  const added = ["OLDPWD", "SHLVL"].filter((name) => !(name in command.env));
  return [
    "trap : INT QUIT TERM USR1 USR2 PIPE ALRM",
    ...(canClose ? [closeInherited] : []),
    `unset ${added.join(" ")}`,
    "exec 3>&2 2>/dev/null",
    '(exec "$@" 2>&3 3>&-)',
    "code=$?",
    "trap '' INT QUIT TERM TTOU TSTP",
    `printf '\\030\\033[?2026l\\033]${reportCommand};${nonce};%s\\033\\\\' "$code" && kill -STOP $$`,
  ].join("\n");
}

const closeInherited =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own placeholder
  'for fd in /proc/self/fd/*; do fd=${fd##*/}; case $fd in [012*]) ;; *) eval "exec $fd>&-";; esac; done';

/** The code in a report, if it bears this terminal's number. */
export function readReport(text: string, nonce: string): number | undefined {
  const [given, code] = text.split(";");
  return given === nonce && code && /^\d{1,3}$/.test(code) ? Number(code) : undefined;
}
