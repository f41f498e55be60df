import type { Connection } from "./connection.ts";
import { fateOf, isAlive } from "./fate.ts";
import { Iterm2Terminal } from "./iterm2-terminal.ts";
import { type Report, readReport } from "./launch.ts";
import { allSessions, type Layout, type Pane, toLayout } from "./layout.ts";
import type { Link } from "./link.ts";
import { type Mark, parse } from "./mark.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { readSession, runVariable, subscriptions } from "./session-variables.ts";
import type { Surroundings } from "./surroundings.ts";
import { createTitles, type Titles } from "./titles.ts";
import type { Notification } from "./wire/iterm2_pb.ts";

export interface SessionsDeps {
  readonly connection: () => Connection;
  readonly home: string;
  keepAfterExit(): boolean;
  readonly graceMs: number;
  /** Until a pane that iTerm2 does not list any more, and whose command still lives, is looked for again. */
  readonly settleMs: number;
  readonly now: () => number;
  /** A launch goes on. */
  readonly launching: (report: Extract<Report, { id: string }>, session: string) => void;
}

/** The sessions of ours, kept in step with iTerm2: what it tells is a hint, what it lists is true. */
export class Sessions {
  readonly terminals = new Map<string, Iterm2Terminal>();
  readonly #deps: SessionsDeps;
  readonly #ours = new Set<string>();
  readonly #terminated = new Set<string>();
  readonly #toClose = new Set<string>();
  readonly #titles: Titles;
  #layout: Layout = { windows: [], buried: [] };
  #listed = new Map<string, Pane | undefined>();
  #again: NodeJS.Timeout | undefined;

  constructor(deps: SessionsDeps) {
    this.#deps = deps;
    this.#titles = createTitles((name, value) => deps.connection().call(name, value));
  }

  isOurs = (session: string): boolean => this.#ours.has(session);

  /** The newest of ours that is shown. */
  newest = (): string | undefined => [...this.#ours].filter((session) => this.#listed.get(session)).at(-1);

  created = (session: string): void => void this.#ours.add(session);

  /** Something of ours is in iTerm2. */
  isNeeded = (): boolean => this.terminals.size > 0 || this.#toClose.size > 0;

  /** Asks iTerm2 what there is, and tells the ends of what is gone. */
  readonly look = oneAtATime(async () => {
    this.#take(toLayout(await this.#deps.connection().call("listSessions", {})));
    this.#judge();
    await this.#setTitles();
  });

  /** A new link, or one that was silent: subscribes, and learns which sessions are ours. */
  async resync(link: Link): Promise<void> {
    await Promise.all(subscriptions.map((question) => link.call("subscription", question)));
    this.#take(toLayout(await link.call("listSessions", {})));
    const found = await this.#readAll(link);
    this.#ours.clear();
    for (const { mark } of found) if (mark) this.#ours.add(mark.session);
    this.#titles.forget();
  }

  /** After the return: what happened meanwhile is told, and what could not be closed is closed. */
  async catchUp(): Promise<void> {
    const link = await this.#deps.connection().open();
    for (const session of [...this.#toClose]) await this.closePane(session);
    for (const terminal of [...this.terminals.values()]) {
      const { mark, report } = await readSession(link, terminal.session, this.#deps.home);
      this.#hear(terminal.session, report);
      if (!mark) terminal.lost("its iTerm2 session is gone, or another one runs in it");
    }
    await this.look();
  }

  async find(session: string): Promise<Iterm2Terminal | undefined> {
    const link = await this.#deps.connection().open();
    const known = this.terminals.get(session);
    if (known && !known.isEnding) return known;
    const { mark, report } = await readSession(link, session, this.#deps.home);
    if (!mark) return undefined;
    if (!this.#listed.has(session)) await this.look();
    return this.adopt(mark, report);
  }

  async list(): Promise<Iterm2Terminal[]> {
    const link = await this.#deps.connection().open();
    await this.look();
    const found = await this.#readAll(link);
    return found.flatMap(({ mark, report }) => (mark ? [this.adopt(mark, report)] : []));
  }

  /** The terminal of a marked session; there is one for each. */
  adopt(mark: Mark, report?: Report): Iterm2Terminal {
    const known = this.terminals.get(mark.session);
    const terminal = known ?? new Iterm2Terminal(mark, this.#around());
    this.#ours.add(mark.session);
    this.terminals.set(mark.session, terminal);
    this.#hear(mark.session, report);
    return terminal;
  }

  notified(told: Notification): void {
    const { screenUpdate, terminateSession, layoutChanged, variableChanged } = told;
    if (screenUpdate?.session) this.terminals.get(screenUpdate.session)?.changed();
    const ended = terminateSession?.sessionId ?? "";
    if (this.terminals.has(ended)) this.#terminated.add(ended);
    if (ended || layoutChanged) this.#lookSoon(0);
    if (variableChanged?.name !== runVariable) return;
    const report = readReport(parse(variableChanged.jsonNewValue));
    this.#hear(variableChanged.identifier ?? "", report);
  }

  closePane = async (session: string): Promise<void> => {
    this.#toClose.add(session);
    this.terminals.delete(session);
    try {
      const target = { sessionIds: [session] };
      await this.#deps.connection().call("close", { target: { case: "sessions", value: target }, force: true });
      this.#toClose.delete(session);
    } catch {
      // It cannot be reached now: the pane is closed at the return.
    }
  };

  [Symbol.dispose](): void {
    clearTimeout(this.#again);
  }

  #around(): Surroundings {
    const { connection, now, graceMs } = this.#deps;
    return {
      connection: connection(),
      size: (session) => this.#listed.get(session),
      look: this.look,
      ended: (session) => this.#ended(session),
      closePane: this.closePane,
      renamed: () => this.#setTitles(),
      now,
      graceMs,
    };
  }

  #hear(session: string, report: Report | undefined): void {
    if (report && report.is !== "ended") this.#deps.launching(report, session);
    const terminal = this.terminals.get(session);
    // While iTerm2 cannot be asked for the last screen this waits: `catchUp` reads it again.
    if (report?.is !== "ended" || report.key !== terminal?.mark.key || this.#deps.connection().isAway) return;
    void terminal.reported(report.code);
  }

  #ended(session: string): void {
    if (!this.#listed.has(session)) this.terminals.delete(session);
    else if (!this.#deps.keepAfterExit()) void this.closePane(session);
  }

  #take(layout: Layout): void {
    const before = this.#listed;
    this.#layout = layout;
    this.#listed = allSessions(layout);
    for (const terminal of this.terminals.values()) {
      const [was, is] = [before, this.#listed].map((listed) => listed.get(terminal.session));
      if (was?.cols !== is?.cols || was?.rows !== is?.rows) terminal.changed();
    }
  }

  #judge(): void {
    for (const terminal of [...this.terminals.values()]) {
      const { session, pid, isEnding } = terminal;
      const [isListed, wasTerminated] = [this.#listed.has(session), this.#terminated.delete(session)];
      const fate = fateOf({ isListed, wasTerminated, isEnding, isAlive: isAlive(pid) });
      if (fate.is === "gone") this.terminals.delete(session);
      else if (fate.is === "lost") terminal.lost(fate.why);
      else if (fate.is === "hidden") this.#lookSoon(this.#deps.settleMs);
    }
  }

  #lookSoon(ms: number): void {
    if (ms > 0 && this.#again) return;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      this.#again = undefined;
      this.look().catch(() => undefined); // It cannot be reached: `catchUp` looks again.
    }, ms).unref();
  }

  #setTitles(): Promise<void> {
    return this.#titles.set(this.#layout, (session) => this.terminals.get(session)?.mark.name);
  }

  #readAll(link: Link) {
    return Promise.all([...this.#listed.keys()].map((session) => readSession(link, session, this.#deps.home)));
  }
}
