import { setTimeout as sleep } from "node:timers/promises";
import { terminalGone } from "../failures.ts";
import { endFamily } from "../process/end-family.ts";
import type { Terminal } from "../terminal.ts";
import { plain, type TmuxCommand } from "./command-line.ts";
import type { Link } from "./link.ts";
import { type Pane, refOf } from "./pane.ts";
import { createPaneEnd, type PaneEnd } from "./pane-end.ts";
import { createPaneView } from "./pane-view.ts";
import { createPaneWatch, type PaneWatch } from "./pane-watch.ts";
import { typing } from "./typing.ts";

/** A terminal, and what its host tells it. */
export interface Attended extends Pick<PaneEnd, "ended" | "vanished"> {
  readonly terminal: Terminal;
  readonly pane: Pane;
  readonly serverPid: number;
  /** As its watch's. */
  readonly watch: Pick<PaneWatch, "wrote" | "closed">;
  away(why: string | null): void;
}

export interface AttendDeps {
  readonly link: Pick<Link, "ask" | "away" | "connection">;
  readonly serverPid: number;
  readonly now: () => number;
  readonly graceMs: number;
  /** Longest wait for tmux, in milliseconds. */
  readonly callMs: number;
  /** It is told as ended, and no longer there. */
  forget(): void;
}

export function attend(pane: Pane, deps: AttendDeps): Attended {
  const { link, serverPid, now, forget } = deps;
  const ask = (...commands: TmuxCommand[]) => link.ask(...commands).catch(asGone);
  const view = createPaneView(pane.id, { ask, now });
  const watch = createPaneWatch(pane.window, link);
  const end = createPaneEnd(pane.id, view, { ask, forget });
  const aways = createAways(link);
  let closing: Promise<void> | undefined;

  async function command(...commands: TmuxCommand[]): Promise<void> {
    if (end.how) throw terminalGone();
    await ask(...commands);
  }

  const terminal: Terminal = {
    host: "tmux",
    ref: refOf(pane.name),
    pid: pane.pid,
    async type(text) {
      const steps = typing(text, pane.id, link.connection?.version ?? "");
      await Promise.all(steps.map((step) => command(...step)));
    },
    screen: async () => (end.over ? view.last() : view.screen()),
    onChange: watch.listen,
    onExit: end.tell,
    onAway: aways.listen,
    async resize(cols, rows) {
      await command(["resize-window", "-t", pane.window, "-x", String(cols), "-y", String(rows)]);
      watch.beat();
    },
    focus: undefined,
    name: (label) => command(["rename-window", "-t", pane.window, "--", plain(label)]),
    close(graceMs = deps.graceMs) {
      closing ??= close(pane, end, deps, graceMs);
      return closing;
    },
  };

  return {
    ...{ terminal, pane, serverPid, watch, ended: end.ended },
    vanished: (reason) => end.vanished(closing ? "ended by SIGKILL" : reason),
    away(why) {
      aways.tell(why);
      if (why === null) watch.renew();
    },
  };
}

function asGone(cause: Error): never {
  throw /can't find (pane|window|session)/.test(cause.message) ? terminalGone(cause) : cause;
}

/** When its processes are gone, the pane is too; while tmux cannot be asked, that is told later. */
async function close({ pid }: Pane, end: PaneEnd, { link, callMs }: AttendDeps, graceMs: number): Promise<void> {
  const exit = end.told();
  if (!end.how) await endFamily(pid, exit, graceMs);
  if (link.away !== null) return;
  const stop = new AbortController();
  await Promise.race([exit, sleep(callMs, undefined, { signal: stop.signal }).catch(() => undefined)]);
  stop.abort();
}

function createAways(link: AttendDeps["link"]) {
  const listeners = new Set<(why: string | null) => void>();
  return {
    tell(why: string | null): void {
      for (const listener of [...listeners]) listener(why);
    },
    listen(listener: (why: string | null) => void): Disposable {
      const entry = (why: string | null) => listener(why);
      listeners.add(entry);
      if (link.away !== null) entry(link.away);
      return { [Symbol.dispose]: () => void listeners.delete(entry) };
    },
  };
}
