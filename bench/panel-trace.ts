import type { Page } from "playwright";

/** What of Chromium's trace is read here: one span of one thread; `dur` is its time on the clock, `tdur` on the processor, in µs. */
interface Span {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** What a page cost while something was done with it, in ms of processor time, so that a busy machine does not count. */
export interface Traced {
  /** Script, style and layout of each frame that was drawn, since the one before it. */
  readonly frames: readonly number[];
  /** Each task of the page's main thread, painting and all. */
  readonly tasks: readonly number[];
  /** Drawing of pixels, in all threads together. Software here, a graphics chip's work elsewhere. */
  readonly raster: number;
}

const includedCategories = [
  "-*",
  "__metadata",
  "devtools.timeline",
  "disabled-by-default-devtools.timeline",
  "toplevel",
  "cc",
  "v8",
];

const task = "ThreadControllerImpl::RunTask";
const frame = "ProxyMain::BeginMainFrame";
const scriptAndLayout = new Set([
  "EventDispatch",
  "EvaluateScript",
  "FireAnimationFrame",
  "FireIdleCallback",
  "FunctionCall",
  "Layout",
  "MajorGC",
  "MinorGC",
  "RunMicrotasks",
  "TimerFire",
  "UpdateLayoutTree",
  "v8.callFunction",
]);

/** Traces the whole of Chromium while `act` runs. */
export async function trace(page: Page, act: () => Promise<unknown>): Promise<Traced> {
  const cdp = await page.context().newCDPSession(page);
  const spans: Span[] = [];
  cdp.on("Tracing.dataCollected", ({ value }) => spans.push(...(value as unknown as Span[])));
  const complete = new Promise((resolve) => cdp.once("Tracing.tracingComplete", resolve));
  await cdp.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories } });
  await act();
  await cdp.send("Tracing.end");
  await complete;
  await cdp.detach();
  return read(spans);
}

function read(spans: readonly Span[]): Traced {
  const pages = spans.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain");
  const mains = pages.map(({ pid, tid }) => inOrder(spans.filter((span) => span.pid === pid && span.tid === tid)));
  // A process that is kept in reserve has such a thread too, and draws nothing.
  const main = mains.sort((a, b) => b.length - a.length)[0] ?? [];
  return {
    frames: framesOf(main),
    tasks: main.filter(({ name }) => name === task).map(ms),
    raster: sum(rasterOf(spans).map(ms)),
  };
}

/** Each tile that was filled, and all that puts tiles together to a picture. */
function rasterOf(spans: readonly Span[]): Span[] {
  const viz = spans.find(({ name, args }) => name === "thread_name" && args?.name === "VizCompositorThread");
  return spans.filter(
    ({ name, pid, tid }) => name === "RasterTask" || (name === task && pid === viz?.pid && tid === viz.tid),
  );
}

const inOrder = (spans: readonly Span[]) =>
  spans.filter(({ ph }) => ph === "X").sort((a, b) => a.ts - b.ts || endOf(b) - endOf(a));

/** The spans of one thread, in order: what stands inside another that counts is counted once. */
function framesOf(spans: readonly Span[]): number[] {
  const ends = spans.filter(({ name }) => name === frame).map(endOf);
  const costs = ends.map(() => 0);
  let countedUntil = 0;
  let current = 0;
  for (const span of spans) {
    if (!scriptAndLayout.has(span.name) || span.ts < countedUntil) continue;
    countedUntil = endOf(span);
    while (current < ends.length && (ends[current] ?? 0) < span.ts) current++;
    if (current < costs.length) costs[current] = (costs[current] ?? 0) + ms(span);
  }
  return costs;
}

const endOf = ({ ts, dur = 0 }: Span) => ts + dur;
const ms = ({ tdur = 0 }: Span) => tdur / 1000;
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
