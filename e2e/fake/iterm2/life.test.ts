import { expect, test } from "vitest";
import { SubscriptionRequest_Type as Type } from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import { connected, running, shows, simulator } from "./harness.ts";
import type { RawClient } from "./raw-client.ts";

const all = [Type.NEW_SESSION, Type.TERMINATE_SESSION, Type.LAYOUT_CHANGE, Type.FOCUS_CHANGE];

async function listening(iterm2: Awaited<ReturnType<typeof simulator>>): Promise<RawClient> {
  const client = await connected(iterm2);
  for (const type of all) await client.subscribe(type);
  return client;
}

/** What was heard, in words. */
const told = ({ heard }: RawClient) =>
  heard.flatMap((one) => {
    if (one.newSession) return [`new ${one.newSession.sessionId}`];
    if (one.terminateSession) return [`terminated ${one.terminateSession.sessionId}`];
    if (one.layoutChanged) return ["layout"];
    return one.focusChanged ? [`focus ${one.focusChanged.event.case}`] : [];
  });

const close = (client: RawClient, sessionIds: string[]) =>
  client.call("close", { target: { case: "sessions", value: { sessionIds } }, force: true });
const terminated = (id: string) => (one: RawClient["heard"][number]) => one.terminateSession?.sessionId === id;
const count = (client: RawClient, id: string) => client.heard.filter(terminated(id)).length;

test("a new session is told before the layout, and the layout before the focus", async () => {
  const client = await listening(await simulator());
  const id = await running(client, "exec cat");
  await client.hears((one) => one.focusChanged?.event.case === "session");
  expect(told(client)).toEqual([`new ${id}`, "layout", "focus window", "focus selectedTab", "focus session"]);
});

test("a closed pane is gone at once, and terminated when its close can no longer be undone", async () => {
  const iterm2 = await simulator({ profile: { "Session Close Undo Timeout": 0.3 } });
  const client = await listening(iterm2);
  const id = await running(client, "exec cat");
  expect((await close(client, [id, "no such"])).statuses).toEqual([0, 1]);
  expect((await client.call("listSessions", {})).windows).toEqual([]);
  expect((await client.call("sendText", { session: id, text: "x" })).status).toBe(1);
  expect(count(client, id)).toBe(0);
  await client.hears(terminated(id));
  expect(told(client).at(-1)).toBe(`terminated ${id}`);
});

test("without that time it is terminated at once", async () => {
  const client = await listening(await simulator());
  const id = await running(client, "exec cat", { "Session Close Undo Timeout": 0 });
  await close(client, [id]);
  await client.hears(terminated(id));
});

test("a process that ends is terminated twice when its pane closes with it", async () => {
  const client = await listening(await simulator({ profile: { "Session Close Undo Timeout": 0.2 } }));
  const id = await running(client, "exit 3");
  await client.hears(() => count(client, id) === 2);
  expect(told(client).filter((one) => !one.startsWith("focus"))).toEqual([
    ...[`new ${id}`, "layout", `terminated ${id}`, "layout", `terminated ${id}`],
  ]);
});

test("a pane that stays after the end still shows its screen and takes no text", async () => {
  const client = await listening(await simulator());
  const id = await running(client, "echo last words", { "Close Sessions On End": 0 });
  await client.hears(terminated(id));
  const { contents } = await shows(client, id, (rows) => rows.includes(" Session Ended "));
  expect(contents[0]?.text).toBe("last words");
  expect((await client.call("listSessions", {})).windows).toHaveLength(1);
  expect((await client.call("sendText", { session: id, text: "x" })).status).toBe(1);
  expect(count(client, id)).toBe(1);
});

test("undoing a close brings back the same session, its process alive, told as new again", async () => {
  const iterm2 = await simulator();
  const client = await listening(iterm2);
  const id = await running(client, "exec cat");
  await iterm2.hand.closePane(id);
  expect(await iterm2.hand.undoClose()).toEqual([id]);
  await client.hears(() => told(client).filter((one) => one === `new ${id}`).length === 2);
  expect((await client.call("sendText", { session: id, text: "alive\r" })).status).toBe(0);
  await shows(client, id, (rows) => rows.includes("alive"));
  expect(count(client, id)).toBe(0);
});

test("a restart gives the pane another id and keeps its variables; only the old one's end is told", async () => {
  const iterm2 = await simulator();
  const client = await listening(iterm2);
  const id = await running(client, "exec cat");
  await client.call("variable", {
    scope: { case: "sessionId", value: id },
    set: [{ name: "user.mark", value: '"mine"' }],
  });
  expect((await client.call("restartSession", { sessionId: id, onlyIfExited: true })).status).toBe(2);
  expect((await client.call("restartSession", { sessionId: id })).status).toBe(0);
  await client.hears(terminated(id));
  const [now = ""] = iterm2.hand.sessions();
  expect(now).not.toBe(id);
  expect(told(client)).not.toContain(`new ${now}`);
  const { values } = await client.call("variable", { scope: { case: "sessionId", value: now }, get: ["user.mark"] });
  expect(values).toEqual(['"mine"']);
});

test("a close without force may open a dialog that stops everything", async () => {
  const iterm2 = await simulator();
  const client = await connected(iterm2);
  const id = await running(client, "exec cat", { "Prompt Before Closing 2": 1 });
  const dialog = iterm2.next(({ is }) => is === "dialog.opened");
  const closing = client.call("close", { target: { case: "sessions", value: { sessionIds: [id] } } });
  await dialog;
  const listing = client.call("listSessions", {});
  iterm2.faults.answerDialog(false);
  expect((await closing).statuses).toEqual([2]);
  expect((await listing).windows).toHaveLength(1);
});

test("after quitting it comes back with its windows and sessions, new tabs and new processes", async () => {
  const iterm2 = await simulator();
  const before = await connected(iterm2);
  const id = await running(before, "echo $$; exec cat");
  await before.call("variable", { scope: { case: "sessionId", value: id }, set: [{ name: "user.mark", value: "1" }] });
  await before.call("createTab", {});
  const [window] = (await before.call("listSessions", {})).windows;
  await iterm2.faults.quit();
  await before.closed;
  await iterm2.faults.start("restored with contents");
  const after = await connected(iterm2);
  const [restored] = (await after.call("listSessions", {})).windows;
  expect(restored?.windowId).toBe(window?.windowId);
  expect(iterm2.hand.sessions()[0]).toBe(id);
  expect(restored?.tabs.map(({ tabId }) => tabId)).toEqual(["1"]);
  expect(
    (await after.call("variable", { scope: { case: "sessionId", value: id }, get: ["user.mark"] })).values,
  ).toEqual(["1"]);
  await shows(after, id, ([first]) => /^\d+$/.test(first ?? ""));
});
