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
    webUtils: { getPathForFile: (file: { name: string }) => `/dropped/${file.name}` },
  };
  const required: string[] = [];
  const require = (name: string) => {
    required.push(name);
    return electron;
  };
  new Function("require", "exports", "module", code)(require, {}, { exports: {} });
  const tell = (message: unknown) => heard.get("claude-team")?.({}, message);
  return { exposed, sent, heard, required, tell };
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

  test("exposes one pipe and the place of a dropped file, and nothing else", () => {
    const { exposed } = load(code);
    expect(Object.keys(exposed)).toEqual(["claudeTeam"]);
    expect(Object.keys(exposed.claudeTeam!).sort()).toEqual(["onClose", "onFrame", "pathOf", "post"]);
    expect(exposed.claudeTeam?.pathOf?.({ name: "shop" })).toBe("/dropped/shop");
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

  test("hands on where the page is to go, as any other frame", () => {
    const { exposed, tell } = load(code);
    const heard: unknown[] = [];
    exposed.claudeTeam?.onFrame?.((frame: unknown) => heard.push(frame));
    tell({ kind: "go", to: "worker-3" });
    expect(heard).toEqual([{ kind: "go", to: "worker-3" }]);
  });

  test("tells of the end of the pipe", () => {
    const { exposed, tell } = load(code);
    const calls: unknown[][] = [];
    exposed.claudeTeam?.onFrame?.(() => calls.push(["frame"]));
    exposed.claudeTeam?.onClose?.((...args: unknown[]) => calls.push(["closed", ...args]));
    tell({ kind: "closed", reason: "restarting" });
    expect(calls).toEqual([["closed"]]);
  });
});
