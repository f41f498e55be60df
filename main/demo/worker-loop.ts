import { setTimeout as delay } from "node:timers/promises";
import type { Desk } from "./desk.ts";
import { fire } from "./desk.ts";
import { type Entered, isCommand, type Queue } from "./queue.ts";
import { runSlashCommand } from "./slash-command.ts";
import { enqueuedLine } from "./system-lines.ts";
import { dropped, runTurn } from "./turn.ts";

/** What was entered is worked on, one thing after another. */
export interface WorkerLoop {
  readonly busy: boolean;
  enter(text: string): void;
  /** As Esc does; harmless while idle. */
  interrupt(): void;
  /** The program ends: what runs is left as it is. */
  drop(): void;
}

export function createWorkerLoop(
  desk: Desk,
  queue: Queue,
  giveBack: (text: string) => void,
  fail: (cause: unknown) => void,
): WorkerLoop {
  let turn: AbortController | undefined;
  let busy = false;

  function enter(text: string) {
    const at = new Date(desk.now()).toISOString();
    if (!busy) return void work(text, at).catch(fail);
    queue.add({ text, at, source: "queued" });
    desk.transcript.note(enqueuedLine(text));
    if (!isCommand(text)) fire(desk, "UserPromptSubmit", { prompt: text }).catch(fail);
  }

  async function work(text: string, at: string): Promise<void> {
    busy = true;
    let next: readonly Entered[] = [{ text, at, source: "typed" }];
    for (; next[0]; next = await takeNext()) {
      if (isCommand(next[0].text)) await runSlashCommand(desk, next[0].text);
      else {
        turn = new AbortController();
        const { unsent } = await runTurn(desk, queue, next, turn);
        turn = undefined;
        if (unsent !== null) giveBack(unsent);
      }
    }
    busy = false;
  }

  /** Between two turns Claude Code 2.1.330 is idle for some milliseconds. */
  async function takeNext(): Promise<readonly Entered[]> {
    if (queue.length > 0) await delay(15);
    return queue.take(true);
  }

  return {
    get busy() {
      return busy;
    },
    enter,
    interrupt: () => turn?.abort(),
    drop: () => turn?.abort(dropped),
  };
}
