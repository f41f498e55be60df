import type { Page } from "playwright";
import type { Message } from "../contract/message.ts";
import type { Screen } from "../contract/screen.ts";
import type { Worker } from "../contract/worker.ts";
import { recordedScreen } from "../e2e/data/recorded-screen.ts";
import { longHistory, type told } from "../e2e/panel/conversations.ts";
import { openScripted, type Scripted } from "../e2e/panel/scripted.ts";
import { stateOf, worker } from "../e2e/panel/states.ts";
import { startChromium } from "../e2e/panel/tab.ts";
import { provideChromium } from "../e2e/real/chromium.ts";

const many = 100;
const messages = 50_000;
/** So many times a second one of the others says something. */
const newsEverySecond = 20;
/** A page of the bench: what is loaded in many small ones is the same, and takes longer. */
const pageOf = 2500;

export interface PanelWorld extends Scripted, AsyncDisposable {
  /** The first of them is open. */
  readonly workers: readonly Worker[];
  /** The others go on with their work until this is disposed of. */
  news(): Disposable;
}

/** The built panel in Chromium, with a hundred workers and a conversation of fifty thousand messages, all of it loaded. */
export async function openPanelWorld(): Promise<PanelWorld> {
  const browser = await startChromium(await provideChromium(console.error));
  const workers = Array.from({ length: many }, (_, i) =>
    worker(`worker-${i}`, { phase: i % 3 === 0 ? { is: "idle" } : { is: "working" }, branch: `fix/${i}` }),
  );
  const scripted = await openScripted(browser, stateOf(workers));
  scripted.answers({ ...inLargePages(longHistory(messages)), screen: await screens() });
  await loadAll(scripted.page);
  return {
    ...scripted,
    workers,
    news: newsOf(scripted, workers),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

function inLargePages(all: readonly Message[]): ReturnType<typeof told> {
  return {
    look: async () => ({}),
    history: async ({ from, to }) => {
      const end = to ?? all.length;
      const begin = from === undefined ? end - 30 : to === undefined ? from : Math.max(0, end - pageOf);
      return { messages: all.slice(begin, end), from: begin, to: end, total: all.length };
    },
  };
}

/** A new screen at every look, each row of it another: two recordings of Claude Code in turns. */
async function screens(): Promise<() => Promise<Screen>> {
  const recorded = await Promise.all(
    ["screens/13-busy-streaming", "screens/30-edit"].map((name) => recordedScreen(name)),
  );
  let rev = 0;
  return async () => {
    rev++;
    const screen = recorded[rev % recorded.length];
    if (!screen) throw new Error("nothing is recorded");
    return { ...screen, rev, at: rev };
  };
}

/** As a person who looks for the first words of it. */
async function loadAll(page: Page): Promise<void> {
  await page.getByRole("button", { name: /worker-0\b/ }).click();
  await page.getByText(`Part ${messages - 1} is done`).waitFor();
  await page.getByRole("button", { name: "Search this conversation" }).click();
  await page.getByRole("textbox", { name: "Search this conversation" }).fill("part 0 of the shop");
  await page.getByRole("button", { name: "Search earlier messages too" }).click();
  await page.getByText("1 found").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("log").press("End");
}

/** Something new each time, also after a pause. */
function newsOf({ store }: Scripted, workers: readonly Worker[]): () => Disposable {
  let count = 0;
  const tell = () => {
    const { id, branch, model, context } = workers[1 + (++count % (many - 1))] as Worker;
    const said = {
      messageCount: count,
      lastReply: null,
      activity: `npm test -- part-${count}`,
      branch,
      model,
      context,
    };
    store.dispatch({ type: "worker.said", id, at: Date.now(), ...said });
  };
  return () => {
    const timer = setInterval(tell, 1000 / newsEverySecond);
    return { [Symbol.dispose]: () => clearInterval(timer) };
  };
}
