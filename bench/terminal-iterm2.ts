import { tmpdir } from "node:os";
import type { Terminal } from "../main/terminal/terminal.ts";
import { type Iterm2Bench, iterm2Bench } from "./iterm2-world.ts";
import { atMost, median, type Row, reported } from "./row.ts";
import { shows, timed } from "./terminal-timing.ts";

const workers = 50;
const runs = 15;
const trips = 300;
/** Of a question for one variable and its answer, frames included. */
const tripBytes = 40;
/** Draws a whole coloured screen for each line it reads, and costs nothing between. */
const fakeWorker = String.raw`
n=0
while read -r _; do
  n=$((n+1)); i=0; printf '\033[H'
  while [ $i -lt 20 ]; do
    i=$((i+1)); printf '\033[38;2;215;119;87m│\033[39m frame %s \033[1mline\033[22m %s of an answer in \033[32mgreen\033[39m\n' $n $i
  done
  printf 'drawn %s' $n
done`;

/** Our client against the simulator of iTerm2, which is no iTerm2: the ratios are for us, the times for nobody. */
export async function measureTerminalIterm2(): Promise<Row[]> {
  await using bench = await iterm2Bench();
  const trip = await measureTrip(bench);
  const { start, terminals } = await measureStart(bench);
  const screens = await measureScreens(bench, terminals);
  await Promise.all(terminals.map((terminal) => terminal.close(0)));
  return [trip, screens, start];
}

/** One call over one socket echo of the same size, in turns. */
async function measureTrip(bench: Iterm2Bench): Promise<Row> {
  const link = await bench.link();
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let run = 0; run < trips; run++) {
    ours.push(await timed(() => oneTrip(link)));
    bare.push(await bench.echo(tripBytes));
  }
  const [call, echo] = [median(ours), median(bare)];
  return atMost("rtt.iterm2", call / echo, 10, `a call ${call.toFixed(3)} ms, a socket's echo ${echo.toFixed(3)} ms`);
}

const oneTrip = (link: Awaited<ReturnType<Iterm2Bench["link"]>>) =>
  link.call("variable", { scope: { case: "app", value: true }, get: ["pid"] });

async function measureStart({ host }: Iterm2Bench) {
  const times: number[] = [];
  const terminals: Terminal[] = [];
  for (let number = 0; number < workers; number++) {
    const command = {
      argv: ["/bin/sh", "-c", fakeWorker] as const,
      cwd: tmpdir(),
      env: { PATH: process.env.PATH ?? "" },
    };
    const options = { name: "bench", place: { at: "auto" }, mark: `worker-${number}` } as const;
    times.push(await timed(async () => terminals.push(await host.open(command, options))));
  }
  const first = median(times.slice(0, 10));
  const last = median(times.slice(-10));
  const note = `among the first ten ${first.toFixed(0)} ms, among the last ten of ${workers} ${last.toFixed(0)} ms`;
  return { terminals, start: reported("start.iterm2", last / first, note) };
}

/** All screens, each changed since it was last read, over the same answers unread. */
async function measureScreens(bench: Iterm2Bench, terminals: readonly Terminal[]): Promise<Row> {
  const sessions = terminals.map(({ ref }) => ref.slice("iterm2:".length));
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let run = 1; run <= runs; run++) {
    await Promise.all(terminals.map((terminal) => terminal.type("\r")));
    for (const terminal of terminals) await shows(terminal, `drawn ${run}`);
    // Whoever asks first makes the simulator look: so that both are second as often.
    if (run % 2) bare.push(await bench.bareScreens(sessions));
    ours.push(await timed(() => Promise.all(terminals.map((terminal) => terminal.screen()))));
    if (run % 2 === 0) bare.push(await bench.bareScreens(sessions));
  }
  const [read, unread] = [median(ours), median(bare)];
  const note = `all ${workers} screens ${read.toFixed(1)} ms, the same answers unread ${unread.toFixed(1)} ms`;
  return atMost("screens.iterm2", read / unread, 3, note);
}
