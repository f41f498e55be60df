import { anyWorker } from "../../contract/any-worker.ts";
import type { Frame } from "../../contract/frame.ts";
import type { WorkerId } from "../../contract/worker.ts";
import type { Team } from "../team/commands.ts";
import { createStore } from "../team/store.ts";
import { memoryPipe } from "./memory-pipe.ts";
import { serve } from "./serve.ts";

export const id = "worker-1" as WorkerId;

/** One panel's end of a served pipe: `next()` resolves with each frame in turn. */
export function panel(commands: Partial<Team> = {}) {
  const store = createStore();
  store.dispatch({ type: "worker.opened", worker: anyWorker() });
  const [here, there] = memoryPipe();
  const frames: Frame[] = [];
  const waiting: ((frame: Frame) => void)[] = [];
  here.onFrame((frame) => {
    const take = waiting.shift();
    if (take) take(frame as Frame);
    else frames.push(frame as Frame);
  });
  const closed = new Promise<void>((resolve) => here.onClose(resolve));
  const reported: unknown[] = [];
  const report = (_id: string, cause: unknown) => void reported.push(cause);
  const served = serve(there, { team: commands as Team, store, report });
  const next = () => {
    const frame = frames.shift();
    return frame ? Promise.resolve(frame) : new Promise<Frame>((resolve) => waiting.push(resolve));
  };
  const call = (name: string, input: unknown, number = 1) => here.post({ kind: "call", id: number, name, input });
  /** Everything that was posted has come. */
  const arrived = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { store, here, frames, next, call, closed, reported, served, arrived };
}
