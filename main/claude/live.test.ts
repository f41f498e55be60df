import { mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Observation } from "../../contract/observation.ts";
import type { WorkerId } from "../../contract/worker.ts";
import { createLiveFiles, type LiveFiles } from "./live.ts";
import type { Processes } from "./processes.ts";

type Live = Extract<Observation, { signal: "live" }>;

let root: string;
let folder: string;
let table: Map<number, { start: string; ancestors: number[] }>;
let live: LiveFiles;

const processes: Processes = {
  starts: async (pids) => new Map(pids.flatMap((pid) => (table.has(pid) ? [[pid, table.get(pid)!.start]] : []))),
  ancestors: async (pid) => table.get(pid)?.ancestors ?? [],
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "live-"));
  folder = join(root, "sessions");
  mkdirSync(folder);
  table = new Map([[50, { start: "500", ancestors: [40, 1] }]]);
  live = watching(60_000);
});

/** What needs no sweep is told by events alone. */
const watching = (sweepMs: number) => createLiveFiles({ folder, processes, now: () => 9999, sweepMs });

afterEach(() => {
  live[Symbol.dispose]();
  rmSync(root, { recursive: true });
});

const file = (pid: number, change: object = {}) => ({
  pid,
  sessionId: "one",
  procStart: table.get(pid)?.start ?? "gone",
  startedAt: 1,
  kind: "interactive",
  name: "worker-h",
  version: "2.1.330",
  status: "idle",
  statusUpdatedAt: 1000,
  ...change,
});
const write = (pid: number, change: object = {}) =>
  writeFileSync(join(folder, `${pid}.json`), JSON.stringify(file(pid, change)));

/** Follows the worker in terminal process 40 and hands out what is told, one after another. */
function follow(pid: number | null = 40, conversation = "one") {
  const told: Live[] = [];
  let wake = () => {};
  const subject = { worker: "worker-1" as WorkerId, conversation, cwd: "/x", pid };
  const subscription = live.follow(subject, (observation) => {
    told.push(observation as Live);
    wake();
  });
  async function next(): Promise<Live> {
    while (told.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return told.shift()!;
  }
  async function until(wanted: Live["status"]): Promise<Live> {
    for (;;) {
      const observation = await next();
      if (observation.status === wanted) return observation;
    }
  }
  return { next, until, told, subscription };
}

describe("a worker's live file", () => {
  test("tells its status now, and after every change", async () => {
    write(50);
    const { next, until } = follow();
    expect(await next()).toEqual({
      signal: "live",
      at: 1000,
      status: "idle",
      waitingFor: null,
      conversation: "one",
      pid: 50,
      name: "worker-h",
      version: "2.1.330",
    });
    write(50, { status: "waiting", waitingFor: "permission prompt", statusUpdatedAt: 2000 });
    expect(await until("waiting")).toMatchObject({ waitingFor: "permission prompt", at: 2000 });
  });

  test("is found when the folder comes only later", async () => {
    rmSync(root, { recursive: true });
    const { until } = follow();
    mkdirSync(folder, { recursive: true });
    write(50);
    await until("idle");
    write(50, { status: "busy" });
    await until("busy");
  });

  test("is followed into a folder that replaced the first one", async () => {
    live = watching(40);
    write(50);
    const { until } = follow();
    await until("idle");
    renameSync(folder, `${folder}-old`);
    mkdirSync(folder);
    write(50, { status: "busy" });
    await until("busy");
  });

  test("is followed through /clear, which changes the conversation", async () => {
    write(50);
    const { until, next } = follow();
    await until("idle");
    write(50, { sessionId: "two", status: "busy" });
    expect(await next()).toMatchObject({ conversation: "two", status: "busy" });
  });

  test("is not another worker's, nor one of the same conversation outside the terminal", async () => {
    table.set(60, { start: "600", ancestors: [41, 1] });
    write(60);
    table.set(61, { start: "610", ancestors: [41, 1] });
    write(61, { sessionId: "other" });
    const { next } = follow();
    write(50, { status: "busy" });
    expect(await next()).toMatchObject({ pid: 50, status: "busy" });
  });

  test("is known by its conversation alone when the terminal's process is not known", async () => {
    write(50);
    expect(await follow(null).next()).toMatchObject({ pid: 50 });
  });

  test("is found after a restart of ours although /clear happened meanwhile: the nearest Claude in the terminal", async () => {
    table.set(70, { start: "700", ancestors: [65, 50, 40, 1] });
    write(70, { sessionId: "nested" });
    write(50, { sessionId: "newer" });
    expect(await follow(40, "older").next()).toMatchObject({ pid: 50, conversation: "newer" });
  });

  test("that is torn or foreign tells nothing, and is read again when it is whole", async () => {
    write(50);
    const { until, told } = follow();
    await until("idle");
    truncateSync(join(folder, "50.json"));
    writeFileSync(join(folder, "51.json"), "[]");
    writeFileSync(join(folder, "50.abc.key"), "secret");
    write(50, { status: "busy" });
    await until("busy");
    expect(told).toEqual([]);
  });

  test("with a status that is not known tells nothing until it says one that is", async () => {
    write(50, { status: "dreaming" });
    const { next } = follow();
    write(50, { status: "busy" });
    expect(await next()).toMatchObject({ status: "busy" });
  });

  test("tells every change to its own follower only", async () => {
    table.set(80, { start: "800", ancestors: [41, 1] });
    write(50);
    write(80, { sessionId: "two" });
    const [first, second] = [follow(), follow(41, "two")];
    await first.until("idle");
    await second.until("idle");
    write(80, { sessionId: "two", status: "busy" });
    await second.until("busy");
    expect(first.told).toEqual([]);
  });
});

describe("gone is told", () => {
  test("when the file is removed", async () => {
    write(50);
    const { until } = follow();
    await until("idle");
    rmSync(join(folder, "50.json"));
    expect(await until("gone")).toEqual({ signal: "live", status: "gone", at: 9999 });
  });

  test("when the process was killed and left its file behind", async () => {
    live = watching(40);
    write(50);
    const { until } = follow();
    await until("idle");
    table.delete(50);
    await until("gone");
  });

  test("when another process has the id now", async () => {
    write(50);
    const { until } = follow();
    await until("idle");
    table.set(50, { start: "501", ancestors: [1] });
    write(50, { status: "busy" });
    await until("gone");
  });

  test("once, and a left-over file of a dead process is not believed again", async () => {
    live = watching(40);
    write(50);
    const { until, next } = follow();
    await until("idle");
    table.delete(50);
    await until("gone");
    table.set(51, { start: "510", ancestors: [40, 1] });
    write(51, { status: "busy" });
    expect(await next()).toMatchObject({ pid: 51, status: "busy" });
  });
});

test("nothing is told after the follower left", async () => {
  write(50);
  const first = follow();
  await first.until("idle");
  first.subscription[Symbol.dispose]();
  write(50, { status: "busy" });
  await follow().until("busy");
  expect(first.told).toEqual([]);
});
