import type { Stage } from "./stage.ts";

/** A prompt or a command that was entered. */
export interface Entered {
  readonly text: string;
  /** When, as an ISO time. */
  readonly at: string;
  readonly source: "typed" | "queued";
}

export const isCommand = (text: string): boolean => /^\/[\w:-]+(\s|$)/.test(text);

/** What was entered while a turn ran. */
export interface Queue {
  readonly length: number;
  add(entered: Entered): void;
  /** Takes the prompts at its head: they are answered together. A command is taken alone, with `commands`. */
  take(commands: boolean): readonly Entered[];
}

export function createQueue(stage: Stage): Queue {
  let waiting: readonly Entered[] = [];
  const keep = (rest: readonly Entered[]) => {
    waiting = rest;
    stage.change({ queued: waiting.map(({ text }) => text) });
  };
  return {
    get length() {
      return waiting.length;
    },
    add: (entered) => keep([...waiting, entered]),
    take(commands) {
      const first = waiting.findIndex(({ text }) => isCommand(text));
      const end = first < 0 ? waiting.length : first === 0 && commands ? 1 : first;
      const taken = waiting.slice(0, end);
      if (taken.length > 0) keep(waiting.slice(end));
      return taken;
    },
  };
}
