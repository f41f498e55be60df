import type { Screen } from "../../contract/screen.ts";

export interface FollowScreen {
  /** With `after`, resolves when there is a newer screen than that rev. */
  read(after: number | undefined, signal: AbortSignal): Promise<Screen>;
  show(screen: Screen): void;
  failed(cause: unknown): void;
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

const leastMs = 200;
const afterFailureMs = 2000;

/** Shows each new screen, at most five a second, until the signal ends it. A failure is told, and it tries again. */
export async function followScreen({ read, show, failed, pause }: FollowScreen, signal: AbortSignal): Promise<void> {
  let after: number | undefined;
  while (!signal.aborted) {
    try {
      const screen = await read(after, signal);
      if (signal.aborted) return;
      after = screen.rev;
      show(screen);
      await pause(leastMs, signal);
    } catch (cause) {
      if (signal.aborted) return;
      failed(cause);
      await pause(afterFailureMs, signal);
    }
  }
}
