import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Worker } from "../../contract/worker.ts";
import { parseFilter, passes } from "./filter.ts";
import { groups, heldStill, nextInNeed, shortNames } from "./groups.ts";
import { rowFor, shortcutFor } from "./shortcuts.ts";

let last = 0;
const worker = (patch: Partial<Worker>) =>
  ({
    id: `worker-${++last}`,
    name: "ana",
    cwd: "/home/me/shop",
    branch: null,
    model: null,
    phase: { is: "idle" },
    unread: false,
    problem: null,
    activity: null,
    lastReply: null,
    ...patch,
  }) as Worker;
const asking = { is: "asking", requests: [] } as unknown as Worker["phase"];
const working = { is: "working" } as const;
const names = (all: readonly { workers: readonly Worker[] }[]) => all.map(({ workers }) => workers.map((w) => w.name));

describe("a filter", () => {
  const team = [
    worker({ name: "tests", phase: asking }),
    worker({ name: "dates", phase: working, activity: "npm test" }),
    worker({ name: "Docs", cwd: "/home/me/site", branch: "feature/intro" }),
    worker({ name: "old", phase: { is: "gone", reason: "closed" } }),
  ];
  test.each([
    ["", ["tests", "dates", "Docs", "old"]],
    ["s:asking", ["tests"]],
    ["s:a", ["tests"]],
    ["s:working s:idle", ["dates", "Docs"]],
    ["S:Gone", ["old"]],
    ["s:", ["tests", "dates", "Docs", "old"]],
    ["s:xyz", []],
    ["repo:site", ["Docs"]],
    ["repo:shop s:working", ["dates"]],
    ["npm", ["dates"]],
    ["docs INTRO", ["Docs"]],
    ["docs nothing", []],
  ])("%j finds %j", (text, found) => {
    const filter = parseFilter(text);
    expect(team.filter((each) => passes(each, filter)).map(({ name }) => name)).toEqual(found);
  });

  test("takes any text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => team.every((each) => typeof passes(each, parseFilter(text)) === "boolean")),
    );
  });
});

describe("the list", () => {
  test("grouped by repository keeps the order of states inside", () => {
    const team = [
      worker({ name: "b-idle" }),
      worker({ name: "b-asks", phase: asking }),
      worker({ name: "a-works", cwd: "/x/app", phase: working }),
    ];
    const grouped = groups(team, "repo");
    expect(grouped.map(({ name }) => name)).toEqual(["app", "shop"]);
    expect(names(grouped)).toEqual([["a-works"], ["b-asks", "b-idle"]]);
  });

  test("names repositories by as much of their path as tells them apart", () => {
    const names = (...paths: string[]) => [...shortNames(paths).values()];
    expect(names("/a/shop", "/b/shop", "/b/site")).toEqual(["a/shop", "b/shop", "site"]);
    expect(names("/a/shop", "/a/shop")).toEqual(["shop"]);
    expect(names("/shop", "/x/shop")).toEqual(["/shop", "x/shop"]);
    fc.assert(
      fc.property(fc.uniqueArray(fc.array(fc.constantFrom("a", "b"), { minLength: 1 })), (paths) => {
        const all = paths.map((parts) => `/${parts.join("/")}`);
        expect(new Set(names(...all)).size).toBe(new Set(all).size);
      }),
    );
  });

  test("held still moves no row: what happens is shown in place, who ended up dismissed goes, who is new waits", () => {
    const [a, b, c] = [worker({ name: "a" }), worker({ name: "b", phase: working }), worker({ name: "c" })];
    const before = groups([a, b, c], "state");
    const now = groups([{ ...a, phase: asking }, b, worker({ name: "new", phase: asking })], "state");
    const held = heldStill(before, now);
    expect(held.map(({ name }) => name)).toEqual(["Working", "Idle"]);
    expect(names(held)).toEqual([["b"], ["a"]]);
    expect(held[1]?.workers[0]?.phase.is).toBe("asking");
  });

  test("leads from one that asks to the next, round and round, and to unread ones when none asks", () => {
    const [a, b, c, d] = [
      worker({ phase: asking }),
      worker({ phase: asking }),
      worker({ unread: true }),
      worker({ phase: working }),
    ] as const;
    const shown = groups([a, b, c, d], "state");
    expect(nextInNeed(shown, undefined)).toBe(a.id);
    expect(nextInNeed(shown, a.id)).toBe(b.id);
    expect(nextInNeed(shown, b.id)).toBe(a.id);
    expect(nextInNeed(shown, d.id)).toBe(a.id);
    expect(nextInNeed(groups([c, d], "state"), d.id)).toBe(c.id);
    expect(nextInNeed(groups([d], "state"), undefined)).toBeUndefined();
  });
});

describe("a key", () => {
  const press = (key: string, with_: object = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, ...with_ });
  test("means something only while nobody types, but for Esc and those with ⌘", () => {
    expect(shortcutFor(press("n"), false)).toBe("next");
    expect(shortcutFor(press("n"), true)).toBeUndefined();
    expect(shortcutFor(press("Escape"), true)).toBe("back");
    expect(shortcutFor(press("n", { metaKey: true }), true)).toBe("spawn");
    expect(shortcutFor(press(",", { ctrlKey: true }), false)).toBe("settings");
    expect(shortcutFor(press("z", { metaKey: true }), false)).toBe("undo");
    expect(shortcutFor(press("z", { metaKey: true }), true)).toBeUndefined();
    expect(shortcutFor(press("z"), false)).toBeUndefined();
    expect(shortcutFor(press("n", { altKey: true }), false)).toBeUndefined();
    expect(shortcutFor(press("N"), false)).toBe("next");
    expect(shortcutFor(press("toString"), false)).toBeUndefined();
    expect([rowFor(press("3", { metaKey: true })), rowFor(press("3"))]).toEqual([3, undefined]);
  });
});
