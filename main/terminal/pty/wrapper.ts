import { shellArgs, wrapperScript, wrapperShell } from "../process/wrapper-script.ts";
import type { Command } from "../terminal.ts";

/** The operating system command (OSC) in which the wrapper reports; no program is known to use this number. */
export const reportCommand = 451_700;

/**
 * A shell around the command. A pseudo-terminal loses what was not read yet when its last user goes (node-pty #72), so the
 * shell stays: it reports the code behind the command's last output, under a number only this terminal knows, then stops
 * until it is killed, or dies of the hang-up when we are gone. Only bash can close the other terminals' descriptors, which
 * node-pty 1.1 leaks to every later child.
 */
export function wrap(
  { argv, env }: Command,
  nonce: string,
  shell: string = wrapperShell(),
): { file: string; args: string[] } {
  const script = wrapperScript({
    env,
    before: shell.endsWith("bash") ? [closeInherited] : [],
    report: `\\033]${reportCommand};${nonce};%s\\033\\\\`,
    stay: "&& kill -STOP $$",
  });
  return { file: shell, args: shellArgs(shell, script, argv) };
}

const closeInherited =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own placeholder
  'for fd in /proc/self/fd/*; do fd=${fd##*/}; case $fd in [012*]) ;; *) eval "exec $fd>&-";; esac; done';

/** The code in a report, if it bears this terminal's number. */
export function readReport(text: string, nonce: string): number | undefined {
  const [given, code] = text.split(";");
  return given === nonce && code && /^\d{1,3}$/.test(code) ? Number(code) : undefined;
}
