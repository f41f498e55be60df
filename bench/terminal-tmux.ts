import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Terminal } from "../main/terminal/terminal.ts";
import { atMost, median, type Row, reported } from "./row.ts";
import { shows, timed } from "./terminal-timing.ts";
import { type TmuxBench, tmuxBench } from "./tmux-world.ts";

const workers = 50;
const runs = 15;
const idleMs = 5000;
/** Each line it reads changes one row, as a spinner does. */
const spinner = "n=0; while read -r _; do n=$((n+1)); printf '\\r\\033[2mdrawn %s\\033[0m' $n; done";
const smallScreen = `printf '\\033[1m✻ Claude\\033[0m\\n\\n❯ \\033[7m \\033[0m\\n'; ${spinner}`;
/** The real Claude Code at work. */
const recorded = fileURLToPath(new URL("../e2e/data/screens/13-busy-streaming.ansi", import.meta.url));
const fullScreen = `cat '${recorded}'; ${spinner}`;

/** 50 workers in tmux: how long all their screens take, what a start takes, and what they cost while nothing happens. */
export async function measureTerminalTmux(): Promise<Row[]> {
  const small = await withWorkers(smallScreen, async (bench, terminals) => ({
    idle: await measureIdle(bench),
    ...(await measureScreens(bench, terminals)),
    start: await measureStart(bench),
  }));
  const full = await withWorkers(fullScreen, measureScreens);
  const { all, trip, peer } = small;
  return [
    atMost("screens.50", all / trip, 80, `50 small screens ${all.toFixed(1)} ms, a round trip ${trip.toFixed(3)} ms`),
    atMost("screens.peer", all / peer, 1 / 20, `a process each, 8 at once, ${peer.toFixed(0)} ms`),
    atMost(
      "screens.full",
      full.all / full.limit,
      3,
      `50 of Claude Code ${full.all.toFixed(1)} ms, bare ${full.limit.toFixed(1)} ms`,
    ),
    small.start,
    small.idle,
  ];
}

async function withWorkers<T>(
  script: string,
  measure: (bench: TmuxBench, terminals: readonly Terminal[]) => Promise<T>,
): Promise<T> {
  await using bench = tmuxBench();
  const terminals = await Promise.all(Array.from({ length: workers }, () => bench.open(bench.host, script)));
  return await measure(bench, terminals);
}

/** Medians, in ms: all screens that changed since they were read; a bare client that only asks for them; a process each; one round trip. */
async function measureScreens(bench: TmuxBench, terminals: readonly Terminal[]) {
  const observed = await bench.another().list();
  const raw = await bench.rawClient();
  const panes = terminals.map(({ ref }) => `=${ref.slice("tmux:".length)}:`);
  const size = "#{pane_width} #{pane_height} #{cursor_x} #{cursor_y}";
  const captures = panes.map((pane) => `display-message -p -t ${pane} "${size}" ; capture-pane -p -e -N -t ${pane}`);
  const [all, limit, peer, trip]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let run = 1; run <= runs; run++) {
    await Promise.all(terminals.map((terminal) => terminal.type("\r")));
    for (const terminal of observed) await shows(terminal, `drawn ${run}`);
    all.push(await timed(() => Promise.all(terminals.map((terminal) => terminal.screen()))));
    limit.push(await raw.time(...captures));
    peer.push(await timed(() => oneProcessEach(bench, [...panes])));
    for (let n = 0; n < 20; n++) trip.push(await raw.time());
  }
  raw.end();
  return { all: median(all), limit: median(limit), peer: median(peer), trip: median(trip) };
}

async function oneProcessEach(bench: TmuxBench, left: string[]): Promise<void> {
  const take = async () => {
    for (let pane = left.pop(); pane; pane = left.pop()) await bench.command("capture-pane", "-p", "-e", "-t", pane);
  };
  await Promise.all(Array.from({ length: 8 }, take));
}

/** From the call until the command's first word is on the screen, over starting the same shell as a process. */
async function measureStart(bench: TmuxBench): Promise<Row> {
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    ours.push(
      await timed(async () => {
        await shows(await bench.open(bench.host, "echo ready; exec cat"), "ready");
      }),
    );
    bare.push(await timed(() => firstWord()));
  }
  const [open, process] = [median(ours), median(bare)];
  return reported("start.tmux", open / process, `a terminal ${open.toFixed(1)} ms, a process ${process.toFixed(1)} ms`);
}

async function firstWord(): Promise<void> {
  const child = spawn("/bin/sh", ["-c", "echo ready; exec cat"], { stdio: ["pipe", "pipe", "ignore"] });
  await once(child.stdout, "data");
  child.kill();
}

/** The server and its control client while nobody looks at any terminal; their CPU, in ms a minute. */
async function measureIdle(bench: TmuxBench): Promise<Row> {
  const pids = bench.pids();
  const before = cpuOf(pids);
  const ours = process.cpuUsage();
  await new Promise((done) => setTimeout(done, idleMs));
  const { user, system } = process.cpuUsage(ours);
  const perMinute = 60_000 / idleMs;
  const note = `our own process ${(((user + system) / 1000) * perMinute).toFixed(0)} ms a minute`;
  return atMost("idle.tmux", (cpuOf(pids) - before) * perMinute, 60, note);
}

/** Milliseconds so far, of Linux's scheduler. */
function cpuOf(pids: readonly number[]): number {
  const nanoseconds = pids.map((pid) => Number(readFileSync(`/proc/${pid}/schedstat`, "latin1").split(" ")[0]));
  return nanoseconds.reduce((sum, ns) => sum + ns, 0) / 1e6;
}
