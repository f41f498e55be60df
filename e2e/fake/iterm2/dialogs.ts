import type { MainThread } from "./main-thread.ts";

/** Questions that only the person can answer. */
export interface Dialogs {
  /** A modal alert: nothing else happens until it is answered. */
  ask(question: string): Promise<boolean>;
  answer(yes: boolean): void;
}

export function createDialogs(main: MainThread, opened: (question: string) => void): Dialogs {
  let waiting: ((yes: boolean) => void)[] = [];
  return {
    ask(question) {
      const release = main.stall();
      opened(question);
      return new Promise((done) => {
        waiting.push((yes) => {
          release();
          done(yes);
        });
      });
    },
    answer(yes) {
      for (const reply of waiting.splice(0)) reply(yes);
      waiting = [];
    },
  };
}
