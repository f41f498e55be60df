import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnect } from "../../main/terminal/iterm2/connect.ts";
import { createIterm2Host, type Iterm2Host, type Iterm2HostOptions } from "../../main/terminal/iterm2/iterm2-host.ts";
import type { Iterm2Terminal } from "../../main/terminal/iterm2/iterm2-terminal.ts";
import { focused } from "../../main/terminal/iterm2/keep-focus.ts";
import { type Layout, sessionsOf, toLayout } from "../../main/terminal/iterm2/layout.ts";
import { createLink, type Link } from "../../main/terminal/iterm2/link.ts";
import { createScripts } from "../../main/terminal/iterm2/osascript.ts";
import type { Terminal, TerminalHost } from "../../main/terminal/terminal.ts";
import { type Iterm2, type Iterm2Options, startIterm2 } from "../fake/iterm2/iterm2.ts";

/** A stand-in for iTerm2 with hosts of ours at it. */
export interface Iterm2World extends AsyncDisposable {
  readonly iterm2: Iterm2;
  /** Another run of claude-team on the same home. */
  host(options?: Partial<Iterm2HostOptions>): Iterm2Host;
  /** As iTerm2 tells any client. */
  layout(): Promise<Layout>;
  /** The window and the tab that a worker stands in. */
  placeOf(terminal: Terminal): Promise<{ window: string; tab: string }>;
  /** The session that has the keyboard. */
  focused(): Promise<string | undefined>;
  variable(scope: "session" | "tab", id: string, name: string): Promise<unknown>;
  /** What a session shows, as soon as this text is there. */
  shown(session: string, text: string): Promise<string>;
}

/** What waits in iTerm2 for the eye of a person does not wait here. */
const noDelays = { launch: 0, repaint: 0, idleRepaint: 1, quiet: 60_000, fullscreen: 0 };

export async function iterm2World(options: Iterm2Options = {}): Promise<Iterm2World> {
  const iterm2 = await startIterm2({ delays: noDelays, ...options });
  const dir = mkdtempSync(join(tmpdir(), "claude-team-iterm2-"));
  const hosts: Iterm2Host[] = [];
  const layout = () => ask(iterm2, async (link) => toLayout(await link.call("listSessions", {})));
  return {
    iterm2,
    layout,
    async placeOf(terminal) {
      for (const { id, tabs } of (await layout()).windows) {
        const tab = tabs.find((one) => sessionsOf(one).includes(sessionOf(terminal)));
        if (tab) return { window: id, tab: tab.id };
      }
      throw new Error("it stands nowhere");
    },
    focused: () =>
      ask(iterm2, async (link) => {
        const there = toLayout(await link.call("listSessions", {}));
        return focused((await link.call("focus", {})).notifications, there);
      }),
    variable: (scope, id, name) =>
      ask(iterm2, async (link) => {
        const of =
          scope === "tab" ? ({ case: "tabId", value: id } as const) : ({ case: "sessionId", value: id } as const);
        return JSON.parse((await link.call("variable", { scope: of, get: [name] })).values[0] ?? "null");
      }),
    async shown(session, text) {
      for (;;) {
        const drawn = iterm2.next((event) => event.is === "session.drawn" && event.id === session);
        const screen = await iterm2.hand.read(session);
        if (screen.includes(text)) return screen;
        await drawn;
      }
    },
    host(given = {}) {
      const host = createIterm2Host({ env: { HOME: iterm2.home, ...iterm2.env }, dir, ...given });
      hosts.push(host);
      return host;
    },
    async [Symbol.asyncDispose]() {
      for (const host of hosts) await host[Symbol.asyncDispose]();
      await iterm2[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Asks as a client of its own. */
async function ask<T>({ socket, env }: Iterm2, question: (link: Link) => Promise<T>): Promise<T> {
  const scripts = createScripts(env, 10_000);
  const connected = await createConnect({ socket, env: {}, scripts, limitMs: 10_000 })();
  const nothing = () => {};
  const hears = { notified: nothing, heard: nothing, unanswered: nothing, closed: nothing };
  const link = createLink(connected.socket, { callMs: 10_000, pingMs: 10_000, ...hears });
  try {
    return await question(link);
  } finally {
    link.end();
  }
}

/** Opens a terminal that shows `ready` and then what is typed, as the worker of this number. */
export async function worker(
  host: TerminalHost,
  number: number,
  given: { place?: Parameters<TerminalHost["open"]>[1]["place"]; script?: string } = {},
): Promise<Terminal> {
  const { place = { at: "auto" }, script = "echo ready; exec cat" } = given;
  const command = { argv: ["/bin/sh", "-c", script] as const, cwd: tmpdir(), env: { PATH: process.env.PATH ?? "" } };
  return host.open(command, { name: `worker ${number}`, place, mark: `worker-${number}` });
}

export const sessionOf = (terminal: Terminal): string => (terminal as Iterm2Terminal).session;

/** What is told from now on about whether iTerm2 can be reached: in order, each once, also what came before it was asked for. */
export function tellings(terminal: Terminal): (fits: (why: string | null) => boolean) => Promise<string | null> {
  const told: (string | null)[] = [];
  let more = () => {};
  terminal.onAway((why) => {
    told.push(why);
    more();
  });
  return async (fits) => {
    for (;;) {
      for (let why = told.shift(); why !== undefined; why = told.shift()) if (fits(why)) return why;
      await new Promise<void>((resolve) => {
        more = resolve;
      });
    }
  };
}
