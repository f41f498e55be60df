import type { Observation } from "../../contract/observation.ts";
import type { Phase } from "../../contract/worker.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Clock } from "./clock.ts";
import type { Evidence } from "./evidence.ts";
import type { ScreenReading } from "./ports.ts";

interface ScreenWatchDeps {
  readonly terminal: Pick<Terminal, "onChange">;
  readonly clock: Clock;
  read(): Promise<ScreenReading>;
  tell(observation: Observation): void;
  report(cause: unknown): void;
}

/**
 * How often a changing screen is read for what no other signal tells, in ms; null: not at all.
 * Start-up dialogs have no status file, retries no hook, and a request after our restart no hook call.
 */
export function readingPace(phase: Phase, evidence: Evidence): number | null {
  if (phase.is === "gone") return null;
  if (phase.is === "starting") return 100;
  if (!evidence.live) return 500;
  if (evidence.live.status === "waiting") return evidence.asked.some((a) => a.held) ? null : 200;
  return phase.is === "working" ? 1000 : null;
}

export interface ScreenWatch extends Disposable {
  /** Sets the pace; reads once at once when it begins to look. */
  pace(ms: number | null): void;
}

/** Reads the screen after it changed, never more often than the pace, and tells only what is new. */
export function watchScreen(deps: ScreenWatchDeps): ScreenWatch {
  let ms: number | null = null;
  let listening: Disposable | undefined;
  let timer: Disposable | undefined;
  let told = "";

  async function look(): Promise<void> {
    timer = undefined;
    try {
      const observation = toObservation(await deps.read(), deps.clock.now());
      const { at: _, ...says } = observation;
      if (ms === null || JSON.stringify(says) === told) return;
      told = JSON.stringify(says);
      deps.tell(observation);
    } catch (cause) {
      deps.report(cause);
    }
  }

  function changed(): void {
    if (ms !== null) timer ??= deps.clock.after(ms, () => void look());
  }

  function stop(): void {
    listening?.[Symbol.dispose]();
    timer?.[Symbol.dispose]();
    listening = timer = undefined;
  }

  return {
    pace(next) {
      if (next === ms) return;
      ms = next;
      stop();
      if (ms === null) return;
      listening = deps.terminal.onChange(changed);
      void look();
    },
    [Symbol.dispose]() {
      ms = null;
      stop();
    },
  };
}

function toObservation(reading: ScreenReading, at: number): Extract<Observation, { signal: "screen" }> {
  const dialog = reading.dialog && { dialog: reading.dialog.dialog, detail: reading.dialog.detail };
  return {
    signal: "screen",
    at,
    dialog,
    asking: reading.asking?.text ?? null,
    retrying: reading.retrying,
    box: reading.draft !== null,
  };
}
