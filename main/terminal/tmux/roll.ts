import { endingOfCode } from "../process/ending.ts";
import type { Heard } from "./control-client.ts";
import type { Link } from "./link.ts";
import { readReport } from "./opening.ts";
import { type Found, listPanes, readPanes } from "./pane.ts";
import type { Attended } from "./tmux-terminal.ts";

/** The terminals that are attended, kept right by what tmux tells. */
export interface Roll {
  readonly size: number;
  get(name: string): Attended | undefined;
  /** The one of this pane, made by `attend` if it is new. */
  adopt(pane: Found, attend: (forget: () => void) => Attended): Attended;
  heard(said: Heard): void;
  each(tell: (one: Attended) => void): void;
  /** Asks tmux what has become of them. */
  check(): void;
}

const serverEnded = "the tmux server ended";
/** What tmux tells when a pane or its session goes, besides that its window does. */
const mayEnd = new Set(["sessions-changed", "layout-change", "window-pane-changed"]);

export function createRoll(link: () => Pick<Link, "ask" | "connection">): Roll {
  const attended = new Map<string, Attended>();
  const check = again(() => look([...attended.values()], link()));
  const each = (tell: (one: Attended) => void) => {
    for (const one of [...attended.values()]) tell(one);
  };

  return {
    get size() {
      return attended.size;
    },
    get: (name) => attended.get(name),
    adopt(pane, attend) {
      const known = attended.get(pane.name);
      if (known) return known;
      const one = attend(() => attended.delete(pane.name));
      attended.set(pane.name, one);
      judge(one, pane.code);
      check(); // It may have ended while we did not know it.
      return one;
    },
    heard(said) {
      if (said.is === "output") {
        for (const one of attended.values()) if (one.pane.id === said.pane) one.watch.wrote();
      } else if (said.name.endsWith("window-close")) {
        if (![...attended.values()].some((one) => one.pane.window === said.rest && one.watch.closed())) check();
      } else if (mayEnd.has(said.name)) check();
      else if (said.name.endsWith("window-renamed")) each((one) => renamed(one, said.rest));
    },
    each,
    check,
  };
}

function renamed(one: Attended, rest: string): void {
  const [, window, label = ""] = /^(@\d+) (.*)$/s.exec(rest) ?? [];
  if (window === one.pane.window) judge(one, readReport(label, one.pane.name));
}

function judge(one: Attended, code: number | undefined): void {
  if (code !== undefined) one.ended(endingOfCode(code));
}

/** Only of those that were known before tmux was asked: one opened meanwhile may not be in its answer. */
async function look(known: readonly Attended[], { ask, connection }: Pick<Link, "ask" | "connection">): Promise<void> {
  if (known.length === 0 || !connection) return;
  const [lines = []] = await ask(listPanes);
  const found = new Map(readPanes(lines).map((pane) => [pane.name, pane]));
  for (const one of known) {
    if (one.serverPid !== connection.serverPid) {
      one.vanished(serverEnded);
      continue;
    }
    const pane = found.get(one.pane.name);
    if (pane && !pane.orphaned) judge(one, pane.code);
    else one.vanished("its tmux pane was closed");
    // A person ended its session; our link to the window must not keep it.
    if (pane?.orphaned) ask(["kill-pane", "-t", pane.id]).catch(() => undefined);
  }
}

export function endWithServer(one: Attended): void {
  one.vanished(serverEnded);
}

/** Runs once more after the run under way, however often it was asked for meanwhile. */
function again(work: () => Promise<void>): () => void {
  let wanted = false;
  let running = false;

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    while (wanted) {
      wanted = false;
      await work().catch(() => undefined); // The connection broke: it is done again at the return.
    }
    running = false;
  }

  return () => {
    wanted = true;
    void run();
  };
}
