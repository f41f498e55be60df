import type { Call } from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import type { Happening } from "./happening.ts";

/** What can be watched from outside: what happens in iTerm2, and what its clients do. */
export type SimulatorEvent =
  | Happening
  | { readonly is: "client.connected"; readonly name: string }
  | { readonly is: "client.refused"; readonly status: number; readonly because: string }
  | { readonly is: "client.left" }
  | { readonly is: "client.called"; readonly call: Call["call"] }
  | { readonly is: "client.complained"; readonly fact: string }
  | { readonly is: "osascript.ran"; readonly source: string; readonly said: string }
  | { readonly is: "dialog.opened"; readonly question: string }
  | { readonly is: "api.switched"; readonly isOn: boolean };

export interface Events {
  tell(event: SimulatorEvent): void;
  onEvent(listener: (event: SimulatorEvent) => void): Disposable;
  next(fits: (event: SimulatorEvent) => boolean, signal?: AbortSignal): Promise<SimulatorEvent>;
  readonly complaints: readonly string[];
}

export function createEvents(): Events {
  const listeners = new Set<(event: SimulatorEvent) => void>();
  const complaints: string[] = [];
  return {
    complaints,
    tell(event) {
      if (event.is === "client.complained") complaints.push(event.fact);
      for (const listener of [...listeners]) listener(event);
    },
    onEvent(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    next: (fits, signal) =>
      new Promise((done, failed) => {
        const leave = () => {
          listeners.delete(look);
          signal?.removeEventListener("abort", abort);
        };
        const abort = () => {
          leave();
          failed(signal?.reason);
        };
        const look = (event: SimulatorEvent) => {
          if (!fits(event)) return;
          leave();
          done(event);
        };
        listeners.add(look);
        if (signal?.aborted) abort();
        signal?.addEventListener("abort", abort);
      }),
  };
}
