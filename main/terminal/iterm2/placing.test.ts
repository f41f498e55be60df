import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Place } from "../../../contract/commands.ts";
import { type Layout, type Pane, panesOf, type Split, type Tab } from "./layout.ts";
import { choosePlace, type Step } from "./placing.ts";

const pane = (session: string): Pane => ({ session, cols: 80, rows: 24 });
const beside = (...parts: (Split | Pane)[]): Split => ({ vertical: true, parts });
const below = (...parts: (Split | Pane)[]): Split => ({ vertical: false, parts });
const tab = (root: Split, hidden: string[] = []): Tab => ({ id: "t", root, hidden });
const windows = (...tabs: Tab[][]): Layout => ({
  windows: tabs.map((list, index) => ({ id: `w${index}`, tabs: list })),
  buried: [],
});
const ours = (session: string) => session.startsWith("o");
const choose = (layout: Layout, place: Place["at"] = "auto", anchor?: string): Step =>
  choosePlace(layout, { place, anchor, isOurs: ours });

describe("auto", () => {
  test("fills a tab: top left, top right, bottom left, bottom right; then opens the next", () => {
    expect(choose(windows())).toEqual({ do: "window" });
    expect(choose(windows([tab(beside(pane("o1")))]))).toEqual({ do: "split", session: "o1", vertical: true });
    const two = beside(pane("o1"), pane("o2"));
    expect(choose(windows([tab(two)]))).toEqual({ do: "split", session: "o1", vertical: false });
    const three = beside(below(pane("o1"), pane("o3")), pane("o2"));
    expect(choose(windows([tab(three)]))).toEqual({ do: "split", session: "o2", vertical: false });
    const four = beside(below(pane("o1"), pane("o3")), below(pane("o2"), pane("o4")));
    expect(choose(windows([tab(four)]))).toEqual({ do: "tab", window: "w0" });
    expect(choose(windows([tab(four), tab(beside(pane("o5")))]))).toMatchObject({ session: "o5" });
  });

  test("leaves a window alone in which the person has a session", () => {
    expect(choose(windows([tab(beside(pane("o1"), pane("p1")))]))).toEqual({ do: "window" });
    expect(choose(windows([tab(beside(pane("o1"))), tab(beside(pane("p1")))]))).toEqual({ do: "window" });
    expect(choose(windows([tab(beside(pane("o1")), ["p1"])]))).toEqual({ do: "window" });
    expect(choose(windows([tab(beside(pane("p1")))], [tab(beside(pane("o1")))]))).toMatchObject({ session: "o1" });
  });

  test("does not shrink a pane that fills its tab for a while", () => {
    expect(choose(windows([tab(beside(pane("o1")), ["o2"])]))).toEqual({ do: "tab", window: "w0" });
  });

  const tree: fc.Memo<Split> = fc.memo((depth) =>
    fc.record({
      vertical: fc.boolean(),
      parts: fc.array(depth <= 1 ? anyPane : fc.oneof(anyPane, tree()), { minLength: 1, maxLength: 3 }),
    }),
  );
  const anyPane = fc.nat({ max: 9 }).map((n) => pane(n < 8 ? `o${n}` : `p${n}`));

  /** No session stands twice in a layout. */
  function numbered(given: Split[][]): Split[][] {
    let number = 0;
    const renamed = ({ vertical, parts }: Split): Split => ({
      vertical,
      parts: parts.map((part) => ("session" in part ? pane(`${part.session}-${number++}`) : renamed(part))),
    });
    return given.map((trees) => trees.map(renamed));
  }

  test("never splits what is not ours, and never a fifth time, whatever the person has done", () => {
    fc.assert(
      fc.property(fc.array(fc.array(tree(2), { minLength: 1, maxLength: 3 }), { maxLength: 3 }), (given) => {
        const layout = windows(...numbered(given).map((trees) => trees.map((root) => tab(root))));
        const step = choose(layout);
        if (step.do === "window") return;
        const target = layout.windows.find((window) =>
          step.do === "tab"
            ? window.id === step.window
            : window.tabs.some(({ root }) => panesOf(root).some(({ session }) => session === step.session)),
        );
        const panes = target?.tabs.map(({ root }) => panesOf(root).map(({ session }) => session)) ?? [];
        if (step.do === "tab") expect(panes.flat().every(ours)).toBe(true);
        else expect(panes.some((tabPanes) => tabPanes.includes(step.session) && tabPanes.length < 4)).toBe(true);
      }),
    );
  });
});

describe("a place that was asked for", () => {
  const layout = windows([tab(beside(pane("p1")))], [tab(beside(pane("o1"), pane("o2")))]);

  test("is a window, or a tab in a window of ours", () => {
    expect(choose(layout, "window")).toEqual({ do: "window" });
    expect(choose(layout, "tab")).toEqual({ do: "tab", window: "w1" });
    expect(choose(windows([tab(beside(pane("p1")))]), "tab")).toEqual({ do: "window" });
  });

  test("is beside or below the given one", () => {
    expect(choose(layout, "right", "o2")).toEqual({ do: "split", session: "o2", vertical: true });
    expect(choose(layout, "below", "o2")).toEqual({ do: "split", session: "o2", vertical: false });
  });

  test("is as with auto when the given one is gone or hidden", () => {
    expect(choose(layout, "right", "o9")).toEqual(choose(layout));
    expect(choose({ ...layout, buried: ["o9"] }, "below", "o9")).toEqual(choose(layout));
    expect(choose(layout, "right")).toEqual(choose(layout));
  });
});
