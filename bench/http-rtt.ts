import { type Caller, createCaller, legacyCall, modernCall, rpc } from "./http-caller.ts";
import { openWorld, timesOf, type World } from "./http-world.ts";
import { atMost, median, percentile, type Row } from "./row.ts";

const rounds = 9;
const callsEach = 200;
/** Node compiles what it sees often; before that every path is slow in its own way. */
const warmUp = 1_500;

/** `tool.rtt`: get_response of a worker that is done, to a plain JSON-RPC handler behind the same guard; interleaved. */
export async function measureToolRtt(): Promise<Row[]> {
  await using world = await openWorld();
  using caller = createCaller();
  const { bare, plain, modern, legacy } = await race(await callsOf(world, caller));
  const ratio = median(modern.map((times, round) => median(times) / median(plain[round] ?? [])));
  const ms = (times: number[][]) => median(times.map(median)).toFixed(2);
  const note =
    `p50 ${ms(modern)} ms (2025-11-25: ${ms(legacy)}), p99 ${percentile(modern.flat(), 0.99).toFixed(1)}; ` +
    `plain JSON-RPC, same guard and team: ${ms(plain)}; bare node:http: ${ms(bare)}`;
  return [atMost("tool.rtt", ratio, 4, note)];
}

type Name = "bare" | "plain" | "modern" | "legacy";

async function callsOf({ served, plainPort, barePort }: World, caller: Caller) {
  const { scripted, http } = served;
  const worker = scripted.add();
  const { id } = await scripted.team.send({ worker: worker.id, text: "hi" }, "manager");
  scripted.end(worker, id, { outcome: "answered", text: "x".repeat(200) });
  const args = { session_id: worker.id };
  const modern = modernCall("get_response", args);
  const legacy = await legacyCall(caller, http.port, "get_response", args);
  return {
    bare: () => caller.post(barePort, rpc("get_response", args)),
    plain: () => caller.post(plainPort, rpc("get_response", args)),
    modern: () => caller.post(http.port, ...modern),
    legacy: () => caller.post(http.port, ...legacy),
  } satisfies Record<Name, () => Promise<unknown>>;
}

/** The times of every round, in turns, so that a busy moment of the machine hits all alike. */
async function race(calls: Record<Name, () => Promise<unknown>>): Promise<Record<Name, number[][]>> {
  const names = Object.keys(calls) as Name[];
  for (const name of names) await timesOf(warmUp, calls[name]);
  const times: Record<Name, number[][]> = { bare: [], plain: [], modern: [], legacy: [] };
  for (let round = 0; round < rounds; round++)
    for (const name of names) times[name].push(await timesOf(callsEach, calls[name]));
  return times;
}
