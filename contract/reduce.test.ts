import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type TeamEvent, teamEvent } from "./events.ts";
import { emptyTeam, reduce, snapshotOf, type TeamState } from "./reduce.ts";
import { settings, settingsChange } from "./settings.ts";
import { type Worker, type WorkerId, worker as workerSchema } from "./worker.ts";

const id = fc.constantFrom("worker-1", "worker-2", "worker-3") as fc.Arbitrary<WorkerId>;
const at = fc.nat(1000);
const is = fc.constantFrom;
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const text = fc.string({ maxLength: 5 });

const receipt = fc.record({
  ...{ id: fc.nat(30).map((n) => `msg-${n}`), text, at, by: is("person" as const, "manager" as const) },
  state: is("accepted" as const, "typed" as const, "submitted" as const, "answered" as const),
  notes: fc.constant<string[]>([]),
});
const phase = fc.oneof(
  is({ is: "starting" as const }, { is: "idle" as const }, { is: "working" as const }),
  fc.record({ is: is("gone" as const), reason: text }),
);
const context = maybe(fc.record({ tokens: fc.nat(), limit: maybe(fc.nat()) }));
const worker: fc.Arbitrary<Worker> = fc.record({
  ...{ id, name: text, cwd: text, phase, since: at, why: fc.constant<never[]>([]), conversation: maybe(text) },
  ...{ transcript: maybe(text), pid: maybe(at), terminal: fc.record({ host: is("pty" as const), ref: text }) },
  ...{ model: maybe(text), permissionMode: is("manual" as const), branch: maybe(text), repo: maybe(text), context },
  ...{ openedAt: at, lastActivity: at, messageCount: at, lastReply: fc.constant(null), activity: maybe(text) },
  ...{ problem: fc.constant(null), unread: fc.boolean(), lookedAt: maybe(at), receipts: fc.array(receipt) },
});
const settingsState = fc.record({
  ...{ values: at.map((port) => settings.parse({ port })), file: text, problem: maybe(text) },
  restart: fc.constant<string[]>([]),
});
const entry = fc.record({
  ...{ seq: fc.nat(), at, by: is("person" as const, "rule" as const), did: is("sent" as const, "asked" as const) },
  ...{ worker: maybe(id), name: maybe(text), ref: maybe(text), what: text, outcome: maybe(text) },
});
const event: fc.Arbitrary<TeamEvent> = fc.oneof(
  fc.record({ type: is("team.managers" as const), managers: fc.nat(9) }),
  fc.record({ type: is("settings.changed" as const), settings: settingsState }),
  fc.record({ type: is("activity.added" as const), entry }),
  fc.record({ type: is("worker.opened" as const), worker }),
  fc.record({ type: is("worker.judged" as const), id, phase, why: fc.constant<never[]>([]), at }),
  fc.record({ type: is("worker.renamed" as const), id, name: text }),
  fc.record({
    ...{ type: is("worker.linked" as const), id, pid: maybe(at), conversation: maybe(text), transcript: maybe(text) },
  }),
  fc.record({
    ...{ type: is("worker.said" as const), id, at, messageCount: fc.nat(), lastReply: fc.constant(null) },
    ...{ activity: maybe(text), branch: maybe(text), model: maybe(text), context },
  }),
  fc.record({ type: is("worker.troubled" as const), id, problem: fc.constant(null) }),
  fc.record({ type: is("worker.looked" as const), id, at }),
  fc.record({ type: is("worker.dismissed" as const), id }),
  fc.record({ type: is("receipt.moved" as const), id, receipt }),
);
const events = fc.array(event, { maxLength: 60 });

const plain = (state: TeamState) => ({ ...state, workers: [...state.workers] });
const fold = (state: TeamState, all: readonly TeamEvent[]) => all.reduce(reduce, state);
/** What a pipe does to it. */
const carried = (sent: TeamEvent): TeamEvent => JSON.parse(JSON.stringify(sent));

describe("the fold", () => {
  test("is the same at both ends, from whichever moment on one listens", () => {
    fc.assert(
      fc.property(events, events, (before, after) => {
        const main = fold(emptyTeam, before);
        const panel = reduce(fold(emptyTeam, after), carried(snapshotOf(main)));
        expect(plain(fold(panel, after.map(carried)))).toEqual(plain(fold(main, after)));
      }),
    );
  });

  test("changes no state that somebody holds, and every event fits its schema", () => {
    fc.assert(
      fc.property(events, event, (before, next) => {
        const state = fold(emptyTeam, before);
        const was = structuredClone(plain(state));
        reduce(state, next);
        expect(plain(state)).toEqual(was);
        expect(teamEvent.safeParse(next).error).toBeUndefined();
      }),
    );
  });

  test("keeps the newest fifty entries of the timeline, and a snapshot takes no more", () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 45, maxLength: 70 }), (entries) => {
        const state = fold(
          emptyTeam,
          entries.map((one) => ({ type: "activity.added", entry: one })),
        );
        expect(state.activity).toEqual(entries.slice(-50));
        expect(reduce(emptyTeam, snapshotOf(state)).activity).toEqual(state.activity);
      }),
    );
  });

  test("a resumed worker keeps its place in the list", () => {
    const [one, two] = fc.sample(worker, { numRuns: 2, seed: 1 });
    const opened = (id: string, of: Worker | undefined): TeamEvent => ({
      ...{ type: "worker.opened", worker: workerSchema.parse({ ...of, id }) },
    });
    const state = fold(emptyTeam, [opened("worker-1", one), opened("worker-2", two), opened("worker-1", two)]);
    expect([...state.workers.keys()]).toEqual(["worker-1", "worker-2"]);
  });
});

describe("a change of settings", () => {
  test("holds what was said, and no default for the rest", () => {
    expect(settingsChange.parse({})).toEqual({});
    expect(settingsChange.parse({ port: 1 })).toEqual({ port: 1 });
  });

  test("leaves rules to their own commands", () => {
    expect(settingsChange.safeParse({ rules: [] }).success).toBe(false);
  });

  test.each([
    ["Alt+Space", true],
    ["CommandOrControl+Shift+K", true],
    ["Cmd+`", true],
    ["Ctrl+F12", true],
    ["K", false],
    ["Alt+", false],
    ["Alt+Shift", false],
    ["Hyper+K", false],
    ["Alt+ K", false],
  ])("of the shortcut to %j: %s", (globalShortcut, fits) => {
    expect(settingsChange.safeParse({ globalShortcut }).success).toBe(fits);
  });

  test("the defaults are what an empty file says", () => {
    expect(settings.parse({}).notifications).toEqual({ asking: true, finished: true, failed: true });
    expect(settings.parse({ notifications: { asking: false } }).notifications.finished).toBe(true);
  });
});
