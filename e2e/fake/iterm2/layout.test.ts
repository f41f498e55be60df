import fc from "fast-check";
import { expect, test } from "vitest";
import type { SplitTreeNode } from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import { connected, running, simulator } from "./harness.ts";
import type { RawClient } from "./raw-client.ts";
import { areasOf, insert, panesOf, remove, rootOf } from "./split-tree.ts";

const [vertical, horizontal] = [0, 1];

const split = async (client: RawClient, session: string, splitDirection: number, before = false) =>
  (await client.call("splitPane", { session, splitDirection, before })).sessionId[0] ?? "";

/** A tree in words: side by side `[a|b]`, one above the other `[a/b]`. */
function drawing(root: SplitTreeNode | undefined, names: Record<string, string>): string {
  const parts = root?.links.map(({ child }) =>
    child.case === "node" ? drawing(child.value, names) : names[child.value?.uniqueIdentifier ?? ""],
  );
  return `[${parts?.join(root?.vertical ? "|" : "/")}]`;
}

test("splits grow the tree as iTerm2's do, and thirds stay equal", async () => {
  const client = await connected(await simulator({ profile: { Columns: 92, Rows: 31 } }));
  const a = await running(client, "exec cat");
  const b = await split(client, a, vertical);
  const c = await split(client, b, vertical);
  const d = await split(client, b, horizontal);
  const e = await split(client, a, vertical, true);
  const names = { [a]: "a", [b]: "b", [c]: "c", [d]: "d", [e]: "e" };
  const [window] = (await client.call("listSessions", {})).windows;
  expect(drawing(window?.tabs[0]?.root, names)).toBe("[e|a|[b/d]|c]");
  await client.call("close", { target: { case: "sessions", value: { sessionIds: [e, d] } }, force: true });
  const [now] = (await client.call("listSessions", {})).windows;
  expect(drawing(now?.tabs[0]?.root, names)).toBe("[a|b|c]");
  const sizes = now?.tabs[0]?.root?.links.map(({ child }) => child.case === "session" && child.value.gridSize);
  expect(sizes).toMatchObject([{ width: 30, height: 31 }, { width: 30 }, { width: 30 }]);
});

test("panes of any tree fill the window without overlap, whatever was split and closed", () => {
  const step = fc.record({ at: fc.nat(), vertical: fc.boolean(), before: fc.boolean(), close: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let next = 1;
      const root = rootOf(0);
      for (const { at, close, ...how } of steps) {
        const panes = panesOf(root);
        const target = panes[at % panes.length] ?? 0;
        if (!close) insert(root, target, next++, how);
        else if (panes.length > 1) remove(root, target);
      }
      const cells = new Set<string>();
      const areas = areasOf(root, { col: 0, row: 0, cols: 400, rows: 400 });
      for (const { col, row, cols, rows } of areas.values()) {
        for (let x = col; x < col + cols; x += 3) for (let y = row; y < row + rows; y += 3) cells.add(`${x},${y}`);
        expect(cols > 0 && rows > 0 && col + cols <= 400 && row + rows <= 400).toBe(true);
      }
      expect([...areas.keys()].sort()).toEqual(panesOf(root).sort());
    }),
    { numRuns: 60 },
  );
});

test("ids have iTerm2's forms, and tabs are numbered on", async () => {
  const client = await connected(await simulator());
  const one = await client.call("createTab", {});
  const two = await client.call("createTab", { windowId: one.windowId ?? "" });
  expect(one).toMatchObject({ status: 0, tabId: 1, windowId: expect.stringMatching(/^pty-[0-9A-F-]{36}$/) });
  expect(two).toMatchObject({ tabId: 2, windowId: one.windowId, sessionId: expect.stringMatching(/^[0-9A-F-]{36}$/) });
  await client.call("close", { target: { case: "tabs", value: { tabIds: ["2"] } }, force: true });
  expect((await client.call("createTab", { windowId: one.windowId ?? "", tabIndex: 0 })).tabId).toBe(3);
  const [window] = (await client.call("listSessions", {})).windows;
  expect(window?.tabs.map(({ tabId }) => tabId)).toEqual(["3", "1"]);
});

test("refuses what cannot be made", async () => {
  const iterm2 = await simulator({ profile: { Columns: 5, Rows: 25 } });
  const client = await connected(iterm2);
  expect(await client.call("createTab", { windowId: "" })).toMatchObject({ status: 2 });
  expect(await client.call("createTab", { profileName: "" })).toMatchObject({ status: 1 });
  const session = await iterm2.hand.openWindow();
  expect(await client.call("splitPane", { session: "x" })).toMatchObject({ status: 1 });
  expect(await client.call("splitPane", { session, profileName: "x" })).toMatchObject({ status: 2 });
  expect(await client.call("splitPane", { session, splitDirection: vertical })).toMatchObject({ status: 0 });
  expect(await client.call("splitPane", { session, splitDirection: vertical })).toMatchObject({ status: 3 });
  expect(
    await client.call("splitPane", { session, customProfileProperties: [{ key: "Name", jsonValue: "x" }] }),
  ).toMatchObject({ status: 4 });
});

test("a pane can be made larger, told to its program, and a fullscreen window's cannot", async () => {
  const iterm2 = await simulator();
  const client = await connected(iterm2);
  const session = await running(client, "trap 'stty size' WINCH; echo up; while :; do sleep 0.05; done");
  await split(client, session, vertical);
  const resize = () =>
    client.call("setProperty", {
      identifier: { case: "sessionId", value: session },
      name: "grid_size",
      jsonValue: JSON.stringify({ width: 100, height: 30 }),
    });
  expect((await resize()).status).toBe(0);
  const [window] = (await client.call("listSessions", {})).windows;
  const [link] = window?.tabs[0]?.root?.links ?? [];
  expect(link?.child.value).toMatchObject({ gridSize: { width: 100, height: 30 } });
  const full = {
    identifier: { case: "windowId" as const, value: window?.windowId ?? "" },
    name: "fullscreen",
    jsonValue: "true",
  };
  expect((await client.call("setProperty", full)).status).toBe(0);
  expect((await resize()).status).toBe(5);
});

test("the person moves a tab into a window of its own, buries a pane and shows it again", async () => {
  const iterm2 = await simulator();
  const client = await connected(iterm2);
  const first = await client.call("createTab", {});
  const second = await client.call("createTab", { windowId: first.windowId ?? "" });
  await iterm2.hand.moveTabToNewWindow(String(second.tabId));
  const moved = (await client.call("listSessions", {})).windows;
  expect(moved.map(({ tabs }) => tabs.map(({ tabId }) => tabId))).toEqual([["1"], ["2"]]);
  await iterm2.hand.bury(first.sessionId ?? "");
  const buried = await client.call("listSessions", {});
  expect(buried.buriedSessions).toMatchObject([{ uniqueIdentifier: first.sessionId }]);
  expect(buried.windows).toHaveLength(1);
  expect((await client.call("sendText", { session: first.sessionId ?? "", text: "" })).status).toBe(0);
  await iterm2.hand.disinter(first.sessionId ?? "");
  expect((await client.call("listSessions", {})).windows).toHaveLength(2);
});
