import { setTimeout as delay } from "node:timers/promises";
import { snapshotOf } from "../contract/reduce.ts";
import { type Traced, trace } from "./panel-trace.ts";
import { openPanelWorld, type PanelWorld } from "./panel-world.ts";
import { atMost, percentile, type Row, reported } from "./row.ts";

/** A notch of a wheel each, at some fifty a second: a fast flick. */
const notches = 100;
const notchPx = 120;
/** By so much at once, so that all that is drawn is another, as with a scroll bar. */
const leaps = 8;
const leapPx = 4000;
const text = "The quick brown fox jumps over the lazy dog, and then it runs back home again.";
const keyMs = 25;

/** The panel with a hundred workers, of whom one says something twenty times a second, and fifty thousand messages loaded. */
export async function measurePanel(): Promise<Row[]> {
  await using world = await openPanelWorld();
  const scroll = await amongNews(world, () => scrollBack(world));
  const leap = await amongNews(world, () => leapBack(world));
  const type = await amongNews(world, () => write(world));
  const snapshot = await showSnapshots(world);
  await world.page.getByRole("tab", { name: "Terminal" }).click();
  await world.page.getByRole("region", { name: "Screen of worker-0" }).waitFor();
  const live = await amongNews(world, () => write(world));
  const all = [scroll, leap, type, live];
  return [
    perFrame("panel.scroll", scroll, "scrolling back"),
    perFrame("panel.type", type, "typing below the conversation"),
    perFrame("panel.live", live, "typing below a terminal, each row of which changes 5 times a second"),
    atMost("panel.task", Math.max(...all.flatMap(({ tasks }) => tasks)), 50, tellLeaps(leap)),
    snapshot,
    await hide(world),
    perFrameRaster(all),
  ];
}

async function amongNews(world: PanelWorld, act: () => Promise<unknown>): Promise<Traced> {
  using _ = world.news();
  return await trace(world.page, act);
}

async function scrollBack({ page }: PanelWorld): Promise<void> {
  await page.getByRole("log").hover();
  for (let i = 0; i < notches; i++) await page.mouse.wheel(0, -notchPx);
}

async function leapBack({ page }: PanelWorld): Promise<void> {
  for (let i = 0; i < leaps; i++) {
    await page.mouse.wheel(0, -leapPx);
    await delay(apartMs);
  }
}

const tellLeaps = ({ frames }: Traced): string =>
  `ms, the longest task of these, and of ${leaps} leaps of ${leapPx} px, whose dearest frame is ${Math.max(...frames).toFixed(1)} ms`;

async function write({ page }: PanelWorld): Promise<void> {
  await page.getByRole("textbox", { name: /^Message to/ }).pressSequentially(text, { delay: keyMs });
}

function perFrame(metric: string, { frames }: Traced, what: string): Row {
  const busy = frames.filter((cost) => cost > 0);
  const [p50, p99] = [0.5, 0.99].map((share) => percentile(busy, share).toFixed(1));
  const note = `ms of script and layout a frame, p95, ${what}; p50 ${p50}, p99 ${p99}, ${busy.length} frames`;
  return atMost(metric, percentile(busy, 0.95), 8, note);
}

function perFrameRaster(all: readonly Traced[]): Row {
  const drawn = all.flatMap(({ frames }) => frames).length;
  const ms = all.reduce((sum, { raster }) => sum + raster, 0);
  return reported("panel.raster", ms / drawn, "ms of drawing pixels a frame, all threads; in software here");
}

const snapshots = 10;
const apartMs = 150;

/** Each of them changes the row of every worker. */
async function showSnapshots(world: PanelWorld): Promise<Row> {
  const show = async (round: number) => {
    const changed = world.workers.map((worker) => ({ ...worker, branch: `round/${round}`, unread: round % 2 === 0 }));
    world.store.dispatch(snapshotOf({ ...world.store.state, workers: new Map(changed.map((one) => [one.id, one])) }));
    await delay(apartMs);
  };
  for (let round = 0; round < snapshots; round++) await show(round);
  const { tasks } = await trace(world.page, async () => {
    for (let round = 0; round < snapshots; round++) await show(round);
  });
  const each = tasks.reduce((sum, ms) => sum + ms, 0) / snapshots;
  return atMost("panel.show", each, 100, "ms from a snapshot that changes every row to its paint, painting and all");
}

const hiddenMs = 2000;
/** What was sent to the page before has come by then, also on a busy machine. */
const settledMs = 1500;

/** Frames that are drawn without a push, and what is asked for although the team goes on, while nobody sees the page. */
async function hide(world: PanelWorld): Promise<Row> {
  await world.page.evaluate(beHidden);
  await delay(settledMs);
  const asked = world.calls.length;
  const { frames } = await trace(world.page, () => delay(hiddenMs));
  const { tasks } = await amongNews(world, () => delay(hiddenMs));
  const calls = world.calls.length - asked;
  const perSecond = (tasks.reduce((sum, ms) => sum + ms, 0) / hiddenMs) * 1000;
  const note = `frames (${frames.length}) and calls (${calls}) in 2 s; 20 events a second, which a hidden page no longer gets, would cost ${perSecond.toFixed(0)} ms a second`;
  return atMost("panel.hidden", frames.length + calls, 0, note);
}

/** Runs inside the page. A Chromium without a window calls every page visible, and blinks its caret. */
const beHidden = () => {
  (document.activeElement as HTMLElement | null)?.blur();
  Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
  document.dispatchEvent(new Event("visibilitychange"));
};
