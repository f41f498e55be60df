import { createCaller, modernCall, rpc } from "./http-caller.ts";
import { openWorld, timesOf } from "./http-world.ts";
import { atMost, median, percentile, type Row } from "./row.ts";

const rounds = 300;
const warmUp = 300;

/**
 * `wait.done`: from the moment the team knows that a turn is over to the answer's last byte at the caller who waits for it, to
 * a round trip on the same kept-alive connection.
 */
export async function measureWaitDone(): Promise<Row[]> {
  await using world = await openWorld();
  using caller = createCaller();
  const { scripted, http } = world.served;
  const worker = scripted.add();
  const wait = modernCall("wait_for_sessions", { session_ids: [worker.id] });

  async function waited(): Promise<number> {
    scripted.work(worker);
    const begun = scripted.called("wait");
    const answer = caller.post(http.port, ...wait);
    await begun;
    const start = performance.now();
    scripted.rest(worker);
    await answer;
    return performance.now() - start;
  }

  const trip = () => caller.post(world.plainPort, rpc("get_response", { session_id: worker.id }));
  for (let i = 0; i < warmUp; i++) await waited();
  await timesOf(warmUp, trip);
  const waits: number[] = [];
  const trips: number[] = [];
  for (let round = 0; round < rounds; round++) {
    waits.push(await waited());
    trips.push(...(await timesOf(1, trip)));
  }
  const note = `p50 ${median(waits).toFixed(2)} ms, p99 ${percentile(waits, 0.99).toFixed(1)}; round trip ${median(trips).toFixed(2)} ms`;
  return [atMost("wait.done", median(waits) / median(trips), 5, note)];
}
