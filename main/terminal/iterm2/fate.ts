/** What is known of a session of ours after iTerm2 has listed its sessions. */
export interface Traces {
  readonly isListed: boolean;
  /** iTerm2 told its end. */
  readonly wasTerminated: boolean;
  readonly isAlive: boolean;
  /** Its end was told to us already. */
  readonly isEnding: boolean;
}

/**
 * `there`: it goes on, or its ended pane is still shown. `gone`: nothing of it is left. `lost`: it has ended without a report.
 * `hidden`: it lives where iTerm2 lists nothing: on its way to another window, or closed and not yet beyond undo.
 */
export type Fate = { readonly is: "there" | "gone" | "hidden" } | { readonly is: "lost"; readonly why: string };

/** Pure. */
export function fateOf({ isListed, wasTerminated, isAlive, isEnding }: Traces): Fate {
  if (isEnding) return { is: isListed ? "there" : "gone" };
  if (!isAlive) return { is: "lost", why: isListed ? "its process was killed" : "its iTerm2 pane was closed" };
  if (isListed) return { is: "there" };
  return wasTerminated ? { is: "lost", why: "its iTerm2 pane was closed" } : { is: "hidden" };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}
