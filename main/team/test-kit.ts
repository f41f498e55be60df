import type { Page } from "../../contract/message.ts";
import type { Observation } from "../../contract/observation.ts";
import { type Settings, type SettingsPatch, type SettingsState, settings } from "../../contract/settings.ts";
import type { Fact } from "../journal/fact.ts";
import { unreachable } from "../terminal/failures.ts";
import type { Exit, Terminal, TerminalHost } from "../terminal/terminal.ts";
import type { Summary, Told, TranscriptListener, Turn } from "../transcript/transcript.ts";
import { keepChronicle } from "./chronicle.ts";
import type { Clock } from "./clock.ts";
import type { TeamDeps } from "./deps.ts";
import type { ClaudeCode, Order, ScreenReading } from "./ports.ts";
import type { Premises } from "./premises.ts";
import { createRoster } from "./roster.ts";
import { createStore, type TeamStore } from "./store.ts";
import { createTeam } from "./team.ts";
import { createTimeline } from "./timeline.ts";

/** A clock that stands until it is moved. */
export function createTestClock() {
  let now = 1_000_000;
  const timers = new Set<{ at: number; run: () => void }>();
  const clock: Clock = {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return { [Symbol.dispose]: () => void timers.delete(timer) };
    },
  };
  /** Goes on by so much, running what is due in its order and letting promises settle in between. */
  async function pass(ms: number): Promise<void> {
    const end = now + ms;
    await settled();
    for (let due = first(end); due; due = first(end)) {
      timers.delete(due);
      now = Math.max(now, due.at);
      due.run();
      await settled();
    }
    now = end;
  }
  const first = (end: number) => [...timers].filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
  return { clock, pass, timers };
}

/** Everything that can go on without time or the world has gone on. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** One worker's terminal and Claude in it: what was typed, and a box, a dialog and signals for the test to play. */
class Desk {
  readonly typed: string[] = [];
  readonly hooks = new Set<string>();
  /** Whether Claude's process does. */
  lives = true;
  draft: string | null = "";
  asking: ScreenReading["asking"] = null;
  turns: Turn[] = [];
  summary: Summary = {
    at: 0,
    messageCount: 0,
    lastReply: null,
    activity: null,
    branch: null,
    model: null,
    context: null,
  };
  /** What its transcript holds. */
  page: Page = { messages: [], from: 0, to: 0, total: 0 };
  /** Who else has its conversation open. */
  openElsewhere: number | null = null;
  /** The id of the conversation here; the next worker's, once it is changed. */
  conversation = "c-1";
  /** Everything that was started here. */
  readonly orders: Order[] = [];
  /** Opening a terminal takes as long as this. */
  opening: Promise<unknown> = Promise.resolve();
  /** Whether its transcript's files were let go. */
  finished = false;
  /** What stands in the transcript and was not read yet. */
  unread: () => void = () => {};
  /** Handing keys over takes as long as this. */
  typing: Promise<unknown> = Promise.resolve();
  /** What the program does with keys. */
  onKeys: (keys: string) => void = () => {};
  tell: (observation: Observation) => void = () => {};
  listener: TranscriptListener = { told() {}, changed() {} };
  readonly #drawn = new Set<() => void>();
  readonly #aways = new Set<(why: string | null) => void>();
  /** Why the terminal cannot be reached. */
  away: string | null = null;
  readonly #exits = new Set<(exit: Exit) => void>();
  readonly #now: () => number;
  closed = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  draw(draft: string | null): void {
    this.draft = draft;
    for (const drawn of [...this.#drawn]) drawn();
  }

  reach(away: string | null): void {
    this.away = away;
    for (const told of [...this.#aways]) told(away);
  }

  #need(): void {
    if (this.away !== null) throw unreachable(this.away);
  }

  live(status: "idle" | "busy" | "waiting"): void {
    const rest = { waitingFor: null, conversation: this.conversation, pid: 1, name: null, version: null };
    this.tell({ signal: "live", at: this.#now(), status, ...rest });
  }

  told(event: Told): void {
    this.listener.told(event);
  }

  readonly terminal: Terminal = {
    host: "pty",
    ref: `desk-${Math.random()}`,
    pid: 1,
    type: async (text) => {
      this.#need();
      this.typed.push(text);
      this.onKeys(text);
      await this.typing;
      this.#need(); // Lost while it was being handed over.
    },
    screen: async () => {
      this.#need();
      return { rev: 0, at: 0, cols: 80, rows: 24, lines: [], cursor: null };
    },
    onChange: (listener) => {
      this.#drawn.add(listener);
      return { [Symbol.dispose]: () => void this.#drawn.delete(listener) };
    },
    onExit: (listener) => {
      this.#exits.add(listener);
      return { [Symbol.dispose]: () => void this.#exits.delete(listener) };
    },
    onAway: (listener) => {
      this.#aways.add(listener);
      if (this.away !== null) listener(this.away);
      return { [Symbol.dispose]: () => void this.#aways.delete(listener) };
    },
    resize: async () => {},
    focus: undefined,
    name: async () => this.#need(),
    close: async () => {
      this.closed = true;
      for (const exited of [...this.#exits]) exited({ code: 0, reason: "ended", lastWords: "" });
    },
  };
}

function hostOf(desk: Desk): TerminalHost {
  const { terminal } = desk;
  return {
    kind: "pty",
    check: async () => "embedded",
    async open() {
      await desk.opening;
      return terminal;
    },
    find: async () => undefined,
    list: async () => [terminal],
    [Symbol.asyncDispose]: async () => {},
  };
}

/** Claude Code at this desk. */
function claudeOf(desk: Desk): ClaudeCode {
  return {
    async prepare(order) {
      desk.orders.push(order);
      return { argv: ["claude"], cwd: order.cwd, env: {} };
    },
    watch(_, tell) {
      desk.tell = tell;
      return {
        answer: (request) => desk.hooks.delete(request),
        release: (request) => void desk.hooks.delete(request),
        [Symbol.dispose]() {},
      };
    },
    locate: async () => "/transcript.jsonl",
    running: async () => desk.openElsewhere,
    describe: (tool, input) => ({ title: tool, detail: JSON.stringify(input) }),
    lives: async () => desk.lives,
    read: () => ({ dialog: null, asking: desk.asking, retrying: null, draft: desk.draft }),
    forget: async () => {},
  };
}

/** A person's arrangements, in memory. */
function createTestPremises(store: TeamStore) {
  const state = { values: settings.parse({}), file: "/settings.json", problem: null, restart: [] };
  const premises = {
    settings: state as SettingsState,
    changed: null as { count: number; files: string[] } | null,
    rotations: 0,
    async configure(make: (values: Settings) => SettingsPatch) {
      premises.settings = {
        ...state,
        values: settings.parse({ ...premises.settings.values, ...make(premises.settings.values) }),
      };
      store.dispatch({ type: "settings.changed", settings: premises.settings });
      return premises.settings;
    },
    rotateToken: async () => void premises.rotations++,
    projects: async () => [],
    complete: async () => ({ directories: [], more: false }),
    checks: async () => [],
    fix: async () => {
      throw new Error("nothing to fix");
    },
    repository: async () => null,
    changes: async () => premises.changed,
    realPath: (path: string): string | undefined => path,
  };
  store.dispatch({ type: "settings.changed", settings: premises.settings });
  return premises satisfies Premises;
}

/** A team of one desk, whose ports are played by the test. `disk.fails` makes every write fail. */
export function createWorld() {
  const { clock, pass, timers } = createTestClock();
  const store = createStore();
  const desk = new Desk(clock.now);
  const facts: Fact[] = [];
  const disk = { fails: false };
  const reports: unknown[] = [];
  const premises = createTestPremises(store);
  const timeline = createTimeline({ store, clock, known: [], keep: () => {} });
  const deps: TeamDeps = {
    store,
    clock,
    host: hostOf(desk),
    claude: claudeOf(desk),
    matches: () => true,
    openTranscript(listener) {
      desk.listener = listener;
      const page = async () => desk.page;
      const finish = async () => {
        desk.finished = true;
      };
      const rest = { follow() {}, settled: async () => desk.unread(), page, finish, [Symbol.dispose]() {} };
      return {
        ...rest,
        get summary() {
          return desk.summary;
        },
        get turns() {
          return desk.turns;
        },
      };
    },
    settings: () => premises.settings.values,
    premises,
    timeline,
    directory: async (path) => path,
    newConversation: () => desk.conversation,
    remember: (fact) => void facts.push(fact),
    flush: async () => {
      if (disk.fails) throw new Error("the disk is full");
    },
    report: (_, cause) => void reports.push(cause),
  };
  const roster = createRoster(deps);
  let number = 0;
  const numbers = { worker: () => ++number, message: () => `msg-${++number}` };
  const team = createTeam({ ...deps, roster, numbers });
  keepChronicle({ ...deps, roster });
  return { team, deps: { ...deps, roster }, premises, store, desk, facts, disk, reports, pass, clock, timers };
}

/** The same with one idle worker. */
export async function createIdleWorld() {
  const world = createWorld();
  const spawned = world.team.spawn({ cwd: "/p", name: "w" }, "person");
  await settled();
  world.desk.live("idle");
  await spawned;
  return world;
}
