import type { CallName } from "./wire.ts";

/** What goes wrong with a call: the socket is gone before it is handled, after that, or in the middle of the reply; the reply carries nothing; there is none. */
export type CallFault = "drop before" | "drop after" | "drop during" | "empty" | "silent";

export interface CallFaults {
  /** Once, or as often as given. */
  plan(call: CallName, fault: CallFault, times?: number): void;
  take(call: CallName | undefined): CallFault | undefined;
  clear(): void;
}

export function createCallFaults(): CallFaults {
  let planned: { call: CallName; fault: CallFault; left: number }[] = [];
  return {
    plan: (call, fault, times = 1) => void planned.push({ call, fault, left: times }),
    take(call) {
      const next = planned.find((one) => one.call === call);
      if (!next) return undefined;
      next.left--;
      planned = planned.filter(({ left }) => left > 0);
      return next.fault;
    },
    clear() {
      planned = [];
    },
  };
}
