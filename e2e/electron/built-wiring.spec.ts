import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type BuiltApp, prepareRunner, startBuiltApp } from "./built-app.ts";
import { createPerson, type Person } from "./person.ts";

let runner: string;
beforeAll(async () => {
  runner = await prepareRunner();
});
afterAll(() => rm(dirname(runner), { recursive: true }));

interface Shown {
  visible: boolean;
  bounds: object;
  calls: string[];
}

/** A built app on the stand-in for all tests of a block. */
function sharedApp(env: NodeJS.ProcessEnv) {
  let person: Person;
  let app: BuiltApp;
  beforeAll(async () => {
    person = await createPerson();
    app = startBuiltApp(runner, { env: { ...person.env, ...env }, argv: ["--hidden"] });
    await app.until(({ event }) => event === "window");
  });
  afterAll(async () => {
    await app?.[Symbol.asyncDispose]();
    await person?.remove();
  });
  return {
    act: <T>(name: string, ...given: unknown[]) => app.act<T>(name, ...given),
    told: () => app.told,
    calls: () => app.told.filter(({ event }) => event === "call").map(({ call }) => String(call)),
    popover: async () => (await app.act<Shown[]>("windows"))[0],
  };
}

describe("the page of the built app", () => {
  const { act, told, calls, popover } = sharedApp({});

  test("has every way out denied: permissions, devices, addresses, windows, views", async () => {
    for (const permission of ["media", "geolocation", "notifications", "openExternal", "clipboard-read", "hid"])
      expect([permission, await act("permits", permission)]).toEqual([permission, [false, false, false]]);
    expect(await act("permits", "clipboard-sanitized-write")).toEqual([true, true, false]);
    for (const event of ["will-navigate", "will-redirect", "will-attach-webview"])
      expect([event, await act("prevents", event)]).toEqual([event, true]);
    for (const url of ["https://example.org/a.js", "http://127.0.0.1:4517/mcp", "file:///etc/passwd", "ws://[::1]/"])
      expect([url, await act("mayLoad", url)]).toEqual([url, false]);
    for (const url of ["file:///etc/passwd", "javascript:alert(1)", "http://127.0.0.1:4517/"])
      expect(await act("openWindow", url)).toEqual({ action: "deny" });
    expect(calls().filter((call) => /^(?:outside|ask)/.test(call))).toEqual([]);
  });

  test("is heard only from its main frame, and from its own origin", async () => {
    await act("slipIn", { kind: "hello" });
    expect(told().some(({ event }) => event === "sent")).toBe(false);
    await act("say", { kind: "hello" });
    expect(told().some(({ event }) => event === "sent")).toBe(true);
  });

  test("is shown by a click on the icon; Esc and a click elsewhere hide it, and that click does not bring it back", async () => {
    await act("click");
    expect(await popover()).toMatchObject({ visible: true });
    await act("say", { kind: "dismiss" });
    expect(await popover()).toMatchObject({ visible: false });
    await act("click");
    expect(await popover()).toMatchObject({ visible: true });
    await act("blurAndClick");
    expect(await popover()).toMatchObject({ visible: false });
  });
});

test("a built app that is the second on its home leaves everything to the first", async () => {
  const person = await createPerson();
  const app = startBuiltApp(runner, { env: { ...person.env, STAND_IN_SECOND: "1" } });
  onTestFinished(async () => {
    await app[Symbol.asyncDispose]();
    await person.remove();
  });
  expect(await app.ended).toBe(0);
  expect(app.told.map(({ call }) => call)).toEqual(["path userData", "quit"]);
});

/** As far as no terminal is opened: what the bundles that are packed tell Electron there. */
describe("the built app on a Mac", () => {
  const { act, told, calls, popover } = sharedApp({ STAND_IN_PLATFORM: "darwin" });

  test("has no place in the Dock, and a template in the menu bar with nothing beside it while nobody asks", async () => {
    expect(calls()).toEqual(expect.arrayContaining(["policy accessory", "dock hide"]));
    const tray = { template: true, title: "", image: expect.stringMatching(/tray-template\.png$/) };
    expect(await act("tray")).toMatchObject(tray);
    expect(await act("rightClick")).toEqual(expect.arrayContaining(["Settings…", "Keep Open", "Quit Claude Team"]));
  });

  test("has a panel's window as its popover, on every space; it opens below the icon and hides by a click elsewhere", async () => {
    const options = { type: "panel", show: false, frame: false, skipTaskbar: true, alwaysOnTop: true };
    expect(told().find(({ event }) => event === "window")).toMatchObject({ options });
    expect((await popover())?.calls.join()).toMatch(/every space true .*"skipTransformProcessType":true/);
    await act("click");
    expect(await popover()).toMatchObject({ visible: true, bounds: { x: 805, y: 42, width: 420, height: 640 } });
    await act("blur");
    expect(await popover()).toMatchObject({ visible: false });
  });
});
