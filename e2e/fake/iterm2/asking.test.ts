import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import {
  VariableMonitor_Scope as Scope,
  SubscriptionRequest_Type as Type,
} from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import { connected, running, shows, simulator } from "./harness.ts";
import type { RawClient } from "./raw-client.ts";

const variables = (client: RawClient, session: string, get: string[], set: [string, string][] = []) =>
  client.call("variable", {
    scope: { case: "sessionId", value: session },
    get,
    set: set.map(([name, value]) => ({ name, value })),
  });
const setProfile = (client: RawClient, session: string, key: string, value: unknown) =>
  client.call("setProfileProperty", {
    target: { case: "session", value: session },
    assignments: [{ key, jsonValue: JSON.stringify(value) }],
  });

test("variables of our own can be set, read and unset; no others can be set", async () => {
  const client = await connected(await simulator());
  const session = await running(client, "exec cat");
  expect((await variables(client, session, ["user.a", "user.b"], [["user.a", '{"b":1}']])).values).toEqual([
    '{"b":1}',
    "null",
  ]);
  expect((await variables(client, session, ["user.a"], [["user.a", "null"]])).values).toEqual(["null"]);
  for (const name of ["name", "user.a.b", "user."]) {
    expect((await variables(client, session, [], [[name, "1"]])).status).toBe(2);
  }
  expect((await variables(client, "x", ["id"])).status).toBe(1);
  expect((await client.call("variable", { get: ["id"] })).status).toBe(3);
  const { values } = await variables(client, session, ["id", "tty", "columns", "no such"]);
  expect(values).toEqual([JSON.stringify(session), expect.stringMatching(/^"\/dev\//), "80", "null"]);
});

const hasProc = existsSync("/proc/self/stat");
if (!hasProc) console.warn("the job in the foreground is skipped: this system has no /proc to tell it");

test.skipIf(!hasProc)("knows the job in the foreground, and where it works", async () => {
  const client = await connected(await simulator());
  const session = await running(client, "cd /usr; (cd /bin; echo started; exec cat); exit");
  await shows(client, session, (rows) => rows.includes("started"));
  const { values } = await variables(client, session, ["jobName", "commandLine", "path", "pid", "jobPid"]);
  expect(values.slice(0, 2)).toEqual(['"cat"', '"cat"']);
  expect(values[2]).toMatch(/bin"$/);
  expect(Number(values[4])).toBeGreaterThan(Number(values[3]));
});

test("a watched variable is told when it changes, by a client or by the program, and not otherwise", async () => {
  const client = await connected(await simulator());
  const session = await running(
    client,
    String.raw`read x; printf '\033]1337;SetUserVar=mark=%s\007' $(printf program | base64); exec cat`,
  );
  const monitor = { name: "user.mark", scope: Scope.SESSION, identifier: "all" };
  const watch = {
    notificationType: Type.VARIABLE_CHANGE,
    arguments: { case: "variableMonitor" as const, value: monitor },
  };
  expect((await client.call("subscription", { ...watch, subscribe: true })).status).toBe(0);
  expect((await client.call("subscription", { ...watch, subscribe: true })).status).toBe(4);
  await variables(client, session, [], [["user.mark", '"client"']]);
  await variables(client, session, [], [["user.mark", '"client"']]);
  await client.call("sendText", { session, text: "\r" });
  await client.hears((one) => one.variableChanged?.jsonNewValue === '"program"');
  expect(client.heard.map(({ variableChanged }) => variableChanged?.jsonNewValue)).toEqual(['"client"', '"program"']);
  expect(client.heard[0]?.variableChanged).toMatchObject({ identifier: session, name: "user.mark" });
});

test("a subscription is taken once, and given up once", async () => {
  const client = await connected(await simulator());
  expect(await client.subscribe(Type.NEW_SESSION)).toBe(0);
  expect(await client.subscribe(Type.NEW_SESSION, "other")).toBe(4);
  const give = () => client.call("subscription", { notificationType: Type.NEW_SESSION, subscribe: false });
  expect((await give()).status).toBe(0);
  expect((await give()).status).toBe(3);
  expect(await client.subscribe(Type.SCREEN_UPDATE, "no such")).toBe(1);
  expect((await client.call("subscription", { notificationType: Type.NEW_SESSION })).status).toBe(2);
});

test("a client that subscribes to what harms iTerm2 is complained about", async () => {
  const iterm2 = await simulator();
  await (await connected(iterm2)).subscribe(Type.LOCATION_CHANGE);
  expect(iterm2.complaints).toEqual(["a client subscribed to LOCATION_CHANGE"]);
});

test("a profile's copy takes known keys of the right type, all or none", async () => {
  const iterm2 = await simulator();
  const client = await connected(iterm2);
  const session = await running(client, "exec cat");
  expect((await setProfile(client, session, "Badge Text", "here")).status).toBe(0);
  expect((await setProfile(client, session, "Badge Text", 1)).status).toBe(2);
  expect((await setProfile(client, session, "Badge Max Width", 0.2)).status).toBe(2);
  expect((await setProfile(client, session, "Tab Color", null)).status).toBe(2);
  const { properties } = await client.call("getProfileProperty", { session, keys: ["Badge Text", "No such"] });
  expect(properties).toMatchObject([{ key: "Badge Text", jsonValue: '"here"' }]);
  const { profiles } = await client.call("listProfiles", { properties: ["Badge Text"] });
  expect(profiles[0]?.properties).toMatchObject([{ jsonValue: '""' }]);
});

test("titles are set by calling functions, and a program sets its own name unless it may not", async () => {
  const client = await connected(await simulator());
  const say = String.raw`read x; printf '\033]0;from the program\007'; echo done; exec cat`;
  const session = await running(client, say);
  const locked = await running(client, say, { "Allow Title Setting": false, Name: "mine" });
  const invoke = async (receiver: string, invocation: string) =>
    (await client.call("invokeFunction", { context: { case: "method", value: { receiver } }, invocation })).disposition;
  expect(await invoke(session, 'iterm2.set_name(name: "a \\"b\\"")')).toMatchObject({ value: { jsonResult: "null" } });
  expect((await variables(client, session, ["name"])).values).toEqual(['"a \\"b\\""']);
  expect(await invoke("1", 'iterm2.set_title(title: "tab")')).toMatchObject({ case: "success" });
  expect((await client.call("variable", { scope: { case: "tabId", value: "1" }, get: ["title"] })).values).toEqual([
    '"tab"',
  ]);
  expect(await invoke("x", 'iterm2.set_title(title: "tab")')).toMatchObject({ case: "error", value: { status: 2 } });
  await client.call("sendText", { session: "all", text: "\r" });
  for (const one of [session, locked]) await shows(client, one, (rows) => rows.includes("done"));
  expect((await variables(client, session, ["name"])).values).toEqual(['"from the program"']);
  expect((await variables(client, locked, ["name"])).values).toEqual(['"mine"']);
});

test("tells what is in front, and one call brings a pane there", async () => {
  const iterm2 = await simulator();
  const client = await connected(iterm2);
  const one = await running(client, "exec cat");
  const {
    sessionId: [two = ""],
  } = await client.call("splitPane", { session: one });
  await running(client, "exec cat");
  const activateApp = { ignoringOtherApps: true };
  const show = { orderWindowFront: true, selectTab: true, selectSession: true, activateApp };
  expect((await client.call("activate", { identifier: { case: "sessionId", value: one }, ...show })).status).toBe(0);
  const { notifications } = await client.call("focus", {});
  const [window] = (await client.call("listSessions", {})).windows;
  expect(notifications.map(({ event }) => event)).toMatchObject([
    { case: "applicationActive", value: true },
    { case: "window", value: { windowStatus: 0, windowId: window?.windowId } },
    { case: "selectedTab", value: "1" },
    { case: "session", value: one },
    { case: "selectedTab", value: "2" },
    { case: "session" },
  ]);
  expect((await client.call("activate", { identifier: { case: "sessionId", value: "x" } })).status).toBe(1);
  expect(
    (await client.call("activate", { identifier: { case: "tabId", value: "1" }, selectSession: true })).status,
  ).toBe(2);
  await iterm2.hand.focus(two);
  expect((await client.call("focus", {})).notifications[3]?.event.value).toBe(two);
});

test("text goes to all sessions of a domain unless that is suppressed", async () => {
  const client = await connected(await simulator());
  const one = await running(client, "exec cat");
  const {
    sessionId: [two = ""],
  } = await client.call("splitPane", { session: one });
  const set = (sessionIds: string[]) => client.call("setBroadcastDomains", { broadcastDomains: [{ sessionIds }] });
  expect((await set([one, "x"])).status).toBe(1);
  expect((await set([one, one])).status).toBe(2);
  expect((await set([one, two])).status).toBe(0);
  await client.call("sendText", { session: one, text: "alone\r", suppressBroadcast: true });
  await client.call("sendText", { session: one, text: "both\r" });
  const { contents } = await shows(client, two, (rows) => rows.some((row) => row.includes("both")));
  expect(contents.some(({ text }) => text?.includes("alone"))).toBe(false);
});

test("a program speaks to clients by an escape sequence", async () => {
  const client = await connected(await simulator());
  await client.subscribe(Type.CUSTOM_ESCAPE_SEQUENCE);
  const session = await running(client, String.raw`printf '\033]1337;Custom=id=me:a:b\007'; exec cat`);
  const { customEscapeSequence } = await client.hears((one) => one.customEscapeSequence !== undefined);
  expect(customEscapeSequence).toMatchObject({ session, senderIdentity: "me", payload: "a:b" });
});
