import type { TeamEvent } from "../contract/events.ts";
import { snapshotOf } from "../contract/reduce.ts";
import type { Worker } from "../contract/worker.ts";
import { stateOf, worker } from "../e2e/panel/states.ts";
import { serve } from "../main/bridge/serve.ts";
import type { Team } from "../main/team/commands.ts";
import { createStore } from "../main/team/store.ts";
import { atMost, type Row } from "./row.ts";

const many = 100;
const turns = 10;

/** `panel.pushes`: what the bridge sends to a page that nobody sees, while a hundred workers say something, finish, and go on. */
export async function measurePanelPushes(): Promise<Row[]> {
  const [unseen, seen] = [pushedTo(false), pushedTo(true)];
  const note = `bytes to a page that nobody sees, for ${turns} turns of ${many} workers; ${Math.round(seen / 1000)} kB to one that is seen`;
  return [atMost("panel.pushes", unseen, 0, note)];
}

function pushedTo(seen: boolean): number {
  const workers = Array.from({ length: many }, (_, i) => worker(`worker-${i}`, { phase: { is: "working" } }));
  const store = createStore();
  store.dispatch(snapshotOf({ ...store.state, ...stateOf(workers) }));
  let say = (_frame: unknown): void => {};
  let bytes = 0;
  const pipe = {
    post(frame: unknown) {
      bytes += Buffer.byteLength(JSON.stringify(frame));
    },
    onFrame(listener: typeof say) {
      say = listener;
    },
    onClose: () => {},
    close: () => {},
  };
  using _ = serve(pipe, { team: {} as Team, store, report: (_, cause) => console.error(cause) });
  say({ kind: "seen", seen });
  bytes = 0;
  for (let turn = 1; turn <= turns; turn++)
    for (const event of workers.flatMap((each) => turnOf(each, turn))) store.dispatch(event);
  return bytes;
}

function turnOf({ id, branch, model, context }: Worker, turn: number): TeamEvent[] {
  const lastReply = { messageId: `m-${turn}`, text: `Part ${turn} is done. `.repeat(12), at: turn };
  const said = { messageCount: turn, lastReply, activity: `npm test -- part-${turn}`, branch, model, context };
  return [
    { type: "worker.said", id, at: turn, ...said },
    { type: "worker.judged", id, phase: { is: "idle" }, why: [], at: turn },
    { type: "worker.judged", id, phase: { is: "working" }, why: [], at: turn },
  ];
}
