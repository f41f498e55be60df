import { resolve } from "node:path";
import type { Page } from "playwright";
import { type CommandName, commands, type Input } from "../../contract/commands.ts";
import type { TeamState } from "../../contract/reduce.ts";
import { emptyTeam, snapshotOf } from "../../contract/reduce.ts";
import { serve } from "../../main/bridge/serve.ts";
import { openPage, pagePolicy } from "../../main/page/page.ts";
import type { Team } from "../../main/team/commands.ts";
import { createStore, type TeamStore } from "../../main/team/store.ts";
import { pictureTime } from "./states.ts";
import { openTab, type Tabs, type Watched } from "./tab.ts";

/** The built page over the real bridge and a team that does what a spec says: any state at once, without Claude. */
export interface Scripted extends Watched {
  readonly store: TeamStore;
  /** Every call of the page so far. */
  readonly calls: readonly { readonly name: CommandName; readonly input: unknown }[];
  /** The inputs of the calls of one command. */
  called<K extends CommandName>(name: K): Input<K>[];
  /** From now on these commands behave so; every other one is never answered. */
  answers(answers: Partial<Team>): void;
  /** The team is this from now on. */
  becomes(state: Partial<TeamState>): void;
  /** What the page told main that is no call: `hello`, `dismiss`. */
  readonly told: readonly string[];
  /** Main's word to the page where to go. */
  goTo(place: string): Promise<void>;
}

/** Its own origin, so that the clipboard works; nothing listens there. */
const origin = "http://localhost:1";

/** Opens a tab that believes to be Electron's window, with a team that is so and answers so from the first call. */
export async function openScripted(
  tabs: Tabs,
  state: Partial<TeamState> = {},
  answers: Partial<Team> = {},
): Promise<Scripted> {
  const { page, complaints } = await openTab(tabs);
  await page.clock.setFixedTime(pictureTime);
  await servePage(page);
  const store = createStore();
  const calls: { name: CommandName; input: unknown }[] = [];
  let now = answers;
  const team = new Proxy({} as Team, {
    get: (_, name: CommandName) => (input: never, by: "person", signal?: AbortSignal) => {
      commands[name].input.parse(input);
      calls.push({ name, input });
      const answer = now[name] as ((...given: unknown[]) => Promise<unknown>) | undefined;
      return answer ? answer(input, by, signal) : new Promise(() => {});
    },
  });
  const becomes = (next: Partial<TeamState>) => store.dispatch(snapshotOf({ ...emptyTeam, ...next }));
  becomes(state);
  const told: string[] = [];
  const accept: Accept = (pipe) => serve(pipe, { team, store, report: (_, cause) => console.error(cause) });
  await connectPage(page, accept, told);
  await page.goto(`${origin}/`);
  await page.getByRole("navigation", { name: "Workers" }).waitFor();
  // Drawn is not yet listening: React adds listeners after the first paint.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 5000 })));
  return {
    page,
    complaints,
    store,
    calls,
    called: (name) => calls.filter((call) => call.name === name).map(({ input }) => input as never),
    answers: (more) => {
      now = { ...now, ...more };
    },
    becomes,
    told,
    goTo: (to) => page.evaluate(deliver, JSON.stringify({ kind: "go", to })),
  };
}

async function servePage(page: Page): Promise<void> {
  const built = await openPage(resolve(import.meta.dirname, "../../dist/renderer"));
  await page.route(`${origin}/**`, async (route) => {
    const file = built.file(new URL(route.request().url()).pathname);
    if (!file) return route.fulfill({ status: 404 });
    const headers = { "content-security-policy": pagePolicy([]) };
    return route.fulfill({ contentType: file.type, body: await file.read(), headers });
  });
}

type Accept = (pipe: Parameters<typeof serve>[0]) => void;

/** Plays the preload and main's end of its channel. */
async function connectPage(page: Page, accept: Accept, told: string[]): Promise<void> {
  let onFrame: ((frame: unknown) => void) | undefined;
  let sending = Promise.resolve();
  const post = (frame: unknown) => {
    // One after another: frames must not overtake each other. A page that was closed meanwhile hears no more.
    sending = sending.then(() => page.evaluate(deliver, JSON.stringify(frame))).catch(() => {});
  };
  const pipe: Parameters<Accept>[0] = {
    post,
    onFrame(listener) {
      onFrame = listener;
    },
    onClose: () => {},
    close: () => {},
  };
  await page.exposeFunction("postToMain", (message: { kind: string }) => {
    if (message.kind !== "call" && message.kind !== "cancel") told.push(message.kind);
    if (message.kind === "hello") accept(pipe);
    else onFrame?.(message);
  });
  await page.addInitScript(playPreload);
}

interface Playing {
  postToMain(message: unknown): void;
  deliver(frame: unknown): void;
}

/** Runs inside the page. */
const playPreload = () => {
  const playing = window as unknown as Playing;
  const early: unknown[] = [];
  playing.deliver = (frame) => void early.push(frame);
  Object.assign(window, {
    claudeTeam: {
      post: (message: unknown) => playing.postToMain(message),
      onFrame(listener: (frame: unknown) => void) {
        playing.deliver = listener;
        for (const frame of early.splice(0)) listener(frame);
      },
      onClose: () => {},
    },
  });
};

/** Runs inside the page. As text, which a large frame crosses in much sooner. */
const deliver = (frame: string) => (window as unknown as Playing).deliver(JSON.parse(frame));
