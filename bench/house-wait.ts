import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type BenchHouse, openHouse } from "./house.ts";
import { resultOf } from "./house-calls.ts";
import { createPuppet, type Puppet } from "./house-turn.ts";
import { createCaller, rpc } from "./http-caller.ts";
import { timesOf } from "./http-world.ts";
import { atMost, median, percentile, type Row, reported } from "./row.ts";

const turns = 60;
const tripsEach = 10;

/** From the last thing Claude writes in a turn to the last byte of an answer that waited for it, in round trips. */
export async function measureWait(): Promise<Row[]> {
  await using house = await openHouse("idle");
  const { session_id, claude_session_id } = await house.manager.call("spawn_session", { project_path: house.project });
  using puppet = createPuppet(house, String(session_id), String(claude_session_id));
  const plain = fork(fileURLToPath(new URL("plain-rpc.ts", import.meta.url)));
  const [port] = (await once(plain, "message")) as [number];
  using caller = createCaller();
  const trip = () => caller.post(port, rpc("get_response", { session_id }));
  const times = { waits: [] as number[], trips: [] as number[] };
  for (let turn = 0; turn < turns; turn++) {
    times.waits.push(await waitOnce(house, puppet, String(session_id), `answer ${turn}`));
    times.trips.push(...(await timesOf(tripsEach, trip)));
  }
  plain.disconnect();
  return rows(times);
}

/** Milliseconds. */
async function waitOnce({ manager }: BenchHouse, puppet: Puppet, session_id: string, answer: string): Promise<number> {
  await puppet.work(`ask for ${answer}`, answer);
  const waiting = manager.start("get_response", { session_id, timeout: 20 });
  // Its first word of progress: the call waits.
  await waiting.begun;
  await puppet.stop(answer);
  // Claude goes on when its hook's process has ended.
  await delay(10);
  const closed = performance.now();
  puppet.close();
  const { body } = await waiting.answer;
  const time = performance.now() - closed;
  const { last_response, outcome } = resultOf(body);
  if (last_response !== answer || outcome !== "answered") throw new Error(`not the answer: ${body.slice(0, 500)}`);
  return time;
}

function rows({ waits, trips }: { waits: readonly number[]; trips: readonly number[] }): Row[] {
  const [wait, trip] = [median(waits), median(trips)];
  const note = `${wait.toFixed(2)} ms from the turn's last line to the answer's last byte; a round trip takes ${trip.toFixed(2)} ms`;
  const p99 = percentile(waits, 0.99) / percentile(trips, 0.99);
  return [atMost("wait.done", wait / trip, 5, note), reported("wait.p99", p99, "the same, p99 of each")];
}
