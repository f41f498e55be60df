import { expect, test } from "vitest";
import type { Layout } from "./layout.ts";
import { tabTitles } from "./titles.ts";

const layout = (...tabs: string[][]): Layout => ({
  windows: [
    {
      id: "w",
      tabs: tabs.map((sessions, index) => ({
        id: `t${index}`,
        root: { vertical: true, parts: sessions.map((session) => ({ session, cols: 80, rows: 24 })) },
        hidden: [],
      })),
    },
  ],
  buried: [],
});
const names = new Map([
  ["a", "front end"],
  ["b", "tests"],
  ["c", "x".repeat(80)],
]);

test("a tab is called as the workers in it, unless one of the person's sessions is there", () => {
  const titles = tabTitles(layout(["a"], ["a", "b"], ["a", "mine"], ["c"]), (session) => names.get(session));
  expect([...titles]).toEqual([
    ["t0", "front end"],
    ["t1", "front end · tests"],
    ["t3", `${"x".repeat(59)}…`],
  ]);
});
