import { createWaiting } from "../../../main/demo/waiting.ts";

/** Named gates that hold answers until a test opens them. An opened gate stays open. */
export interface Gates {
  open(name: string): void;
  opened(name: string, signal: AbortSignal): Promise<true>;
}

export function createGates(): Gates {
  const open = new Set<string>();
  const waiting = createWaiting();
  return {
    open(name) {
      open.add(name);
      waiting.changed();
    },
    opened: (name, signal) => waiting.until(() => open.has(name) || undefined, signal),
  };
}
