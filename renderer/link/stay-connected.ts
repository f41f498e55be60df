import type { TeamEvent } from "../../contract/events.ts";
import type { Pipe } from "../../contract/frame.ts";
import { connect, type Link } from "./connect.ts";
import { Refused } from "./refused.ts";

export type Connection =
  | { is: "connecting" }
  | { is: "online"; link: Link }
  /** Lost, or never made: it tries again by itself. */
  | { is: "offline" }
  /** Needs a new code from `claude-team open`. */
  | { is: "refused" };

export interface StayConnected {
  open(): Promise<Pipe>;
  /** Resolves after about so long, or earlier when there is reason to hope. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  onEvent(event: TeamEvent): void;
  onChange(connection: Connection): void;
}

const firstDelayMs = 250;
const longestDelayMs = 8000;

/** Keeps a link open until the signal ends it: after each loss a new pipe, and so a new snapshot; stops when refused. */
export async function stayConnected(deps: StayConnected, signal: AbortSignal): Promise<void> {
  deps.onChange({ is: "connecting" });
  for (let delay = firstDelayMs; !signal.aborted; delay = Math.min(delay * 2, longestDelayMs)) {
    try {
      await connectOnce(deps, signal);
      delay = firstDelayMs;
    } catch (cause) {
      if (cause instanceof Refused) return deps.onChange({ is: "refused" });
      // Nobody answers: that is what the next try is for.
    }
    if (signal.aborted) return;
    deps.onChange({ is: "offline" });
    await deps.wait(delay, signal);
  }
}

/** Resolves when a pipe that was open has closed; rejects when none could be opened. */
async function connectOnce({ open, onEvent, onChange }: StayConnected, signal: AbortSignal): Promise<void> {
  const pipe = await open();
  if (signal.aborted) return pipe.close("the page has ended it");
  const end = () => pipe.close("the page has ended it");
  signal.addEventListener("abort", end);
  try {
    await new Promise<void>((resolve) => {
      const link = connect(pipe, onEvent, resolve);
      onChange({ is: "online", link });
    });
  } finally {
    signal.removeEventListener("abort", end);
  }
}
