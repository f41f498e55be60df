import { describe, expect, test } from "vitest";
import type { HostKind } from "../../contract/worker.ts";
import { unreachable } from "./failures.ts";
import { joinHosts } from "./join-hosts.ts";
import type { Exit, OpenOptions, Terminal, TerminalHost } from "./terminal.ts";

const command = { argv: ["/bin/true"] as const, cwd: "/", env: {} };
const options: OpenOptions = { name: "ana", place: { at: "auto" }, mark: "worker-1" };
const nothing = { [Symbol.dispose]() {} };

/** A host whose terminals are only told of. `away`: why it cannot be reached. */
class Scene implements TerminalHost {
  readonly kind: HostKind;
  away: string | null = null;
  readonly terminals = new Map<string, Terminal>();
  readonly typed: string[] = [];
  exited: (exit: Exit) => void = () => {};
  wake?: () => Promise<void>;

  constructor(kind: HostKind) {
    this.kind = kind;
  }

  async check(): Promise<string> {
    if (this.away) throw unreachable(this.away);
    return `${this.kind} 1`;
  }

  async open(): Promise<Terminal> {
    await this.check();
    return this.add(`${this.kind}:${this.terminals.size + 1}`);
  }

  async find(ref: string): Promise<Terminal | undefined> {
    await this.check();
    return this.terminals.get(ref);
  }

  list = async () => [...this.terminals.values()];

  add(ref: string): Terminal {
    const terminal: Terminal = {
      ...{ host: this.kind, ref, pid: 7, focus: undefined },
      type: async (text) => void this.typed.push(text),
      screen: async () => ({ rev: 1, at: 0, cols: 80, rows: 24, lines: [], cursor: null }),
      onChange: () => nothing,
      onExit: (listener) => {
        this.exited = listener;
        return nothing;
      },
      onAway: () => nothing,
      resize: async () => {},
      name: async () => {},
      close: async () => {},
    };
    this.terminals.set(ref, terminal);
    return terminal;
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

function scene(wanted: HostKind | "auto" = "auto") {
  const iterm2 = new Scene("iterm2");
  const tmux = new Scene("tmux");
  const timers: (() => void)[] = [];
  const after = (_: number, run: () => void) => {
    timers.push(run);
    return nothing;
  };
  const joined = joinHosts({ hosts: [iterm2, tmux], wanted: () => wanted, order: ["iterm2", "tmux"], after });
  const pass = async () => {
    for (const run of timers.splice(0)) run();
    await new Promise(setImmediate);
  };
  return { iterm2, tmux, joined, pass };
}

describe("where a new terminal opens", () => {
  test("the first host of the order that can be reached", async () => {
    const { joined, iterm2 } = scene();
    expect((await joined.open(command, options)).ref).toBe("iterm2:1");
    iterm2.away = "iTerm2 is not running";
    expect((await joined.open(command, options)).ref).toBe("tmux:1");
  });

  test("only the host that the setting names, with that host's own fault when it cannot", async () => {
    const { joined, iterm2 } = scene("iterm2");
    iterm2.away = "iTerm2 is not running";
    await expect(joined.open(command, options)).rejects.toThrow("iTerm2 is not running");
  });

  test("the host that the caller names, whatever the setting", async () => {
    const { joined } = scene("iterm2");
    expect((await joined.open(command, { ...options, on: "tmux" })).host).toBe("tmux");
  });

  test("beside another terminal: where that one is", async () => {
    const { joined } = scene();
    const place = { at: "right", of: "tmux:4" } as const;
    expect((await joined.open(command, { ...options, place })).host).toBe("tmux");
  });

  test("is told beforehand", async () => {
    const { joined, iterm2 } = scene();
    expect(await joined.check()).toBe("iterm2 1");
    iterm2.away = "not running";
    expect(await joined.check()).toBe("tmux 1");
  });

  test("nowhere: what each of them lacks", async () => {
    const { joined, iterm2, tmux } = scene();
    iterm2.away = "not running";
    tmux.away = "not installed";
    await expect(joined.open(command, options)).rejects.toMatchObject({
      code: "TERMINAL_UNREACHABLE",
      message: "no terminal can be opened; iterm2: not running; tmux: not installed",
    });
  });
});

test("after a sleep every host that a sleep may cut off looks at once", async () => {
  const { joined, iterm2 } = scene();
  const woken: string[] = [];
  iterm2.wake = async () => void woken.push("iterm2");
  await joined.wake?.();
  expect(woken).toEqual(["iterm2"]);
});

test("the hosts that can open a terminal now are told in the order of auto", async () => {
  const { joined, iterm2 } = scene();
  expect(await joined.usable?.()).toEqual(["iterm2", "tmux"]);
  iterm2.away = "the Python API is off";
  expect(await joined.usable?.()).toEqual(["tmux"]);
});

describe("finding a terminal again", () => {
  test("where its ref says", async () => {
    const { joined, tmux } = scene();
    tmux.add("tmux:9");
    expect((await joined.find("tmux:9"))?.ref).toBe("tmux:9");
    expect(await joined.find("iterm2:9")).toBeUndefined();
  });

  test("while its host cannot be reached it is neither there nor gone, and says why", async () => {
    const { joined, iterm2 } = scene();
    iterm2.away = "the Python API is off";
    const terminal = await joined.find("iterm2:9");
    const told: (string | null)[] = [];
    terminal?.onAway((why) => told.push(why));
    expect([terminal?.ref, told]).toEqual(["iterm2:9", ["the Python API is off"]]);
    await expect(terminal?.type("x")).rejects.toMatchObject({ code: "TERMINAL_UNREACHABLE" });
  });

  test("it is found as soon as the host is back, and then is that terminal", async () => {
    const { joined, iterm2, pass } = scene();
    iterm2.away = "not running";
    iterm2.add("iterm2:9");
    const terminal = await joined.find("iterm2:9");
    const told: unknown[] = [];
    terminal?.onAway((why) => told.push(why));
    terminal?.onExit((exit) => told.push(exit.reason));
    await pass();
    iterm2.away = null;
    await pass();
    await terminal?.type("hello");
    iterm2.exited({ code: 0, reason: "exited with 0", lastWords: "" });
    expect([terminal?.pid, iterm2.typed, told]).toEqual([7, ["hello"], ["not running", null, "exited with 0"]]);
  });

  test("it has ended when the host is back without it", async () => {
    const { joined, iterm2, pass } = scene();
    iterm2.away = "not running";
    const terminal = await joined.find("iterm2:9");
    const told: unknown[] = [];
    terminal?.onExit((exit) => told.push(exit.reason));
    iterm2.away = null;
    await pass();
    expect(told).toEqual(["its terminal was gone when its host could be reached again"]);
    await expect(terminal?.type("x")).rejects.toMatchObject({ code: "TERMINAL_GONE" });
    await terminal?.close();
  });

  test("whoever left before it came back hears nothing", async () => {
    const { joined, iterm2, pass } = scene();
    iterm2.away = "not running";
    const terminal = await joined.find("iterm2:9");
    const told: unknown[] = [];
    for (const sub of [terminal?.onExit(() => told.push("exit")), terminal?.onAway(() => told.push("away"))])
      sub?.[Symbol.dispose]();
    iterm2.away = null;
    await pass();
    expect(told).toEqual(["away"]);
  });
});
