import { resolve } from "node:path";
import { createBuilder } from "vite";
import { beforeAll, describe, expect, test } from "vitest";

type Exposed = Record<string, Record<string, (...args: unknown[]) => unknown>>;

/** Builds the preload as the app does, without writing it, and gives its text. */
async function build(): Promise<string> {
  const builder = await createBuilder({
    configFile: resolve(import.meta.dirname, "../vite.config.ts"),
    logLevel: "silent",
    environments: { preload: { build: { write: false } } },
  });
  const output = await builder.build(builder.environments.preload!);
  const [chunk, ...others] = (output as { output: { code: string }[] }).output.filter((file) => "code" in file);
  expect(others).toEqual([]);
  return chunk!.code;
}

/** Runs the built text as Electron's sandbox does, with a stand-in for the only module it may require. */
function load(code: string) {
  const exposed: Exposed = {};
  const sent: unknown[][] = [];
  const heard = new Map<string, (event: unknown, message: unknown) => void>();
  const electron = {
    contextBridge: {
      exposeInMainWorld: (key: string, value: Exposed[string]) => Object.assign(exposed, { [key]: value }),
    },
    ipcRenderer: {
      on: (channel: string, listener: (event: unknown, message: unknown) => void) => heard.set(channel, listener),
      send: (...args: unknown[]) => void sent.push(args),
    },
  };
  const required: string[] = [];
  const listeners = new Map<string, (event: object) => void>();
  const location = { pathname: "/index.html", hash: "#before" };
  const page = {
    location,
    addEventListener: (type: string, listener: (event: object) => void) => listeners.set(type, listener),
    history: {
      replaceState: (_state: null, _title: string, url: string) => {
        location.hash = url === location.pathname ? "" : url;
      },
    },
    document: { querySelector: () => opened },
  };
  let opened: object | null = null;
  const press = (key: string, event: object = {}) =>
    listeners.get("keydown")?.({ key, isComposing: false, defaultPrevented: false, ...event });
  const require = (name: string) => {
    required.push(name);
    return electron;
  };
  const names = ["require", "exports", "module", ...Object.keys(page)];
  new Function(...names, code)(require, {}, { exports: {} }, ...Object.values(page));
  const tell = (message: unknown) => heard.get("claude-team")?.({}, message);
  const openDialog = () => {
    opened = {};
  };
  return { exposed, sent, heard, required, tell, press, openDialog, location };
}

describe("the built preload", () => {
  let code = "";
  beforeAll(async () => {
    code = await build();
  });

  test("is CommonJS that requires electron and nothing else", () => {
    expect(code).not.toMatch(/^\s*(import|export)\s/m);
    expect(new Set(load(code).required)).toEqual(new Set(["electron"]));
  });

  test("exposes one pipe and nothing else", () => {
    const { exposed } = load(code);
    expect(Object.keys(exposed)).toEqual(["claudeTeam"]);
    expect(Object.keys(exposed.claudeTeam!).sort()).toEqual(["onClose", "onFrame", "post"]);
  });

  test("sends and hears on one channel", () => {
    const { exposed, sent, heard } = load(code);
    exposed.claudeTeam?.post?.({ kind: "hello" });
    expect(sent).toEqual([["claude-team", { kind: "hello" }]]);
    expect([...heard.keys()]).toEqual(["claude-team"]);
  });

  test("hands frames to the newest listener only, without Electron's event", () => {
    const { exposed, tell } = load(code);
    const calls: unknown[][] = [];
    exposed.claudeTeam?.onFrame?.(() => calls.push(["old"]));
    exposed.claudeTeam?.onFrame?.((...args: unknown[]) => calls.push(args));
    tell({ kind: "cancel", id: 1 });
    expect(calls).toEqual([[{ kind: "cancel", id: 1 }]]);
  });

  test("tells of the end of the pipe", () => {
    const { exposed, tell } = load(code);
    const calls: unknown[][] = [];
    exposed.claudeTeam?.onFrame?.(() => calls.push(["frame"]));
    exposed.claudeTeam?.onClose?.((...args: unknown[]) => calls.push(["closed", ...args]));
    tell({ kind: "closed", reason: "restarting" });
    expect(calls).toEqual([["closed"]]);
  });

  test("goes where it is told by the page's own address, and again when told again", () => {
    const { tell, location } = load(code);
    tell({ kind: "go", to: "worker-3" });
    expect(location.hash).toBe("worker-3");
    tell({ kind: "go", to: "settings" });
    expect(location.hash).toBe("settings");
  });

  test("tells of Esc, unless the page used it, a dialog is open, or it ends a composition", () => {
    const { press, sent, openDialog } = load(code);
    press("a");
    press("Escape", { defaultPrevented: true });
    press("Escape", { isComposing: true });
    expect(sent).toEqual([]);
    press("Escape");
    expect(sent).toEqual([["claude-team", { kind: "dismiss" }]]);
    openDialog();
    press("Escape");
    expect(sent).toHaveLength(1);
  });
});
