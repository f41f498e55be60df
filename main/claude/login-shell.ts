import { spawn } from "node:child_process";

/** The shell may print anything before and after: banners, prompts, the noise of rc files. */
const mark = "<claude-team-path>";

/**
 * The PATH of the user's login shell, which an app started from the desktop does not have; null when the shell does not say it
 * within the time, in ms. Works for sh, bash, zsh, dash and fish.
 */
export function loginPath(env: NodeJS.ProcessEnv, withinMs = 8000): Promise<string | null> {
  return new Promise((resolve) => {
    // Its own session: an interactive shell would otherwise take our terminal away from us.
    const shell = spawn(env.SHELL || "/bin/sh", ["-l", "-i", "-c", `printf '%s' '${mark}' "$PATH" '${mark}'`], {
      env,
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    let out = "";
    const settle = (path: string | null) => {
      clearTimeout(timer);
      end(shell.pid);
      resolve(path);
    };
    const timer = setTimeout(() => settle(null), withinMs);
    shell.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      const [, path, rest] = out.split(mark);
      if (rest !== undefined) settle(path || null);
    });
    shell.on("error", () => settle(null));
    shell.on("close", () => settle(null));
  });
}

/** With all that its rc files started. */
function end(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}
