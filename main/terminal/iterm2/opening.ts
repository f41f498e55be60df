import { randomBytes } from "node:crypto";
import type { Place } from "../../../contract/commands.ts";
import { unreachable } from "../failures.ts";
import type { Command, OpenOptions, Terminal } from "../terminal.ts";
import { sessionOf } from "./iterm2-terminal.ts";
import { keepFocus } from "./keep-focus.ts";
import type { LaunchFolder, Report } from "./launch.ts";
import { type Layout, toLayout } from "./layout.ts";
import type { Link } from "./link.ts";
import { type Mark, markQuestion, parse } from "./mark.ts";
import { choosePlace, type Step } from "./placing.ts";
import { creation, type Property, roomy } from "./profile.ts";
import {
  CreateTabResponse_Status,
  SplitPaneRequest_SplitDirection,
  SplitPaneResponse_Status,
  VariableResponse_Status,
} from "./wire/iterm2_pb.ts";
import { within } from "./within.ts";

export interface OpeningDeps {
  readonly folder: LaunchFolder;
  readonly home: string;
  readonly isOurs: (session: string) => boolean;
  /** The newest of ours that still shows: where a pane goes that names no other. */
  readonly newest: () => string | undefined;
  /** A pane of ours now exists. */
  readonly created: (session: string) => void;
  readonly adopt: (mark: Mark) => Terminal;
  readonly closePane: (session: string) => Promise<void>;
  readonly farewell: (command: Command) => string;
  /** From the pane to its wrapper's first word. */
  readonly launchMs: number;
}

export interface Opening {
  /** A new session, marked, and its command let go. Leaves neither pane nor command behind when it fails. */
  open(link: Link, command: Command, options: OpenOptions): Promise<Terminal>;
  /** A wrapper waits for its launch file, or has taken it. */
  heard(report: Told, session: string): void;
}

type Told = Extract<Report, { id: string }>;
type Steps = Map<string, (report: Told) => void>;

export function createOpening(deps: OpeningDeps): Opening {
  const steps: Steps = new Map();
  /** Launches that failed before iTerm2 told of their pane; it is closed when its wrapper speaks up. */
  const withdrawn = new Set<string>();
  let before: Promise<unknown> = Promise.resolve();

  /** One pane after another: each is placed by what the one before left. */
  function inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = before.then(work);
    before = done.catch(() => undefined); // Its caller is told.
    return done;
  }

  async function launch(link: Link, command: Command, { name, place, mark, signal }: OpenOptions): Promise<Terminal> {
    const id = `launch-${randomBytes(8).toString("hex")}`;
    const argv = await deps.folder.await(id);
    const launching = expect(steps, id, deps.launchMs);
    const looks = creation({ name, mark, cwd: command.cwd, argv });
    let session: string | undefined;
    let terminal: Terminal | undefined;
    try {
      session = await inOrder(() => createPane(deps, link, place, looks, signal));
      const { pid } = await launching.step("ready", signal);
      const key = randomBytes(8).toString("hex");
      const root = await rootOf(link, session);
      const made: Mark = { worker: mark, name, session, pid, root, key, home: deps.home };
      await writeMark(link, made);
      terminal = deps.adopt(made); // Before it starts: its end may come at once.
      await deps.folder.release(id, { command, key, farewell: deps.farewell(command) });
      await launching.step("started", signal);
      return terminal;
    } catch (cause) {
      if (terminal) await terminal.close(0);
      else if (session !== undefined) await deps.closePane(session);
      else withdrawn.add(id);
      throw cause;
    } finally {
      launching.forget();
      await deps.folder.forget(id);
    }
  }

  return {
    open: launch,
    heard(report, session) {
      steps.get(report.id)?.(report);
      if (withdrawn.delete(report.id)) void deps.closePane(session);
    },
  };
}

/** Hears the steps of one launch. */
function expect(steps: Steps, id: string, limitMs: number) {
  const told = new Map<Told["is"], Told>();
  let wake = () => {};
  steps.set(id, (report) => {
    told.set(report.is, report);
    wake();
  });
  return {
    /** Rejects when it does not come in time. */
    async step(is: Told["is"], signal: AbortSignal | undefined): Promise<Told> {
      const late = AbortSignal.timeout(limitMs);
      for (;;) {
        const report = told.get(is);
        if (report) return report;
        const changed = new Promise<void>((done) => {
          wake = done;
        });
        await within(changed, signal ? AbortSignal.any([signal, late]) : late).catch((cause) => {
          throw late.aborted
            ? unreachable(`iTerm2 opened a pane, but nothing was ${is} in it within ${limitMs} ms`)
            : cause;
        });
      }
    },
    forget: () => void steps.delete(id),
  };
}

async function createPane(
  deps: OpeningDeps,
  link: Link,
  place: Place,
  looks: Property[],
  signal: AbortSignal | undefined,
): Promise<string> {
  signal?.throwIfAborted();
  const layout = toLayout(await link.call("listSessions", {}));
  const wanted = "of" in place && place.of !== undefined ? sessionOf(place.of) : deps.newest();
  const step = choosePlace(layout, { place: place.at, anchor: wanted, isOurs: deps.isOurs });
  const giveBack = await keepFocus(link, layout);
  const session = await take(deps, link, step, layout, looks);
  deps.created(session);
  await giveBack();
  return session;
}

/** What iTerm2 refuses, because a pane is too small or went away meanwhile, becomes a tab, and a tab a window. */
async function take(deps: OpeningDeps, link: Link, step: Step, layout: Layout, looks: Property[]): Promise<string> {
  if (step.do === "split") {
    const tab = choosePlace(layout, { place: "tab", anchor: undefined, isOurs: deps.isOurs });
    return (await split(link, step, looks)) ?? take(deps, link, tab, layout, looks);
  }
  const inWindow =
    step.do === "tab" ? await createTab(link, { windowId: step.window, selectTab: false }, looks) : undefined;
  const session = inWindow ?? (await createTab(link, {}, [...looks, ...roomy]));
  if (session === undefined) throw unreachable("iTerm2 opened no window: its default profile may be broken");
  return session;
}

async function split(link: Link, { session, vertical }: Step & { do: "split" }, looks: Property[]) {
  const { VERTICAL, HORIZONTAL } = SplitPaneRequest_SplitDirection;
  const { status = SplitPaneResponse_Status.OK, sessionId } = await link.call("splitPane", {
    session,
    splitDirection: vertical ? VERTICAL : HORIZONTAL,
    customProfileProperties: looks,
  });
  return status === SplitPaneResponse_Status.OK ? sessionId[0] : undefined;
}

async function createTab(link: Link, where: { windowId?: string; selectTab?: boolean }, looks: Property[]) {
  const question = { ...where, customProfileProperties: looks };
  const { status = CreateTabResponse_Status.OK, sessionId } = await link.call("createTab", question);
  return status === CreateTabResponse_Status.OK ? sessionId : undefined;
}

/** The session's own process, which is ours or the one iTerm2 put around it; null while iTerm2 does not know. */
async function rootOf(link: Link, session: string): Promise<number | null> {
  const { values } = await link.call("variable", { scope: { case: "sessionId", value: session }, get: ["pid"] });
  return Number(parse(values[0])) || null;
}

async function writeMark(link: Link, mark: Mark): Promise<void> {
  const { status = VariableResponse_Status.OK } = await link.call("variable", markQuestion(mark));
  if (status !== VariableResponse_Status.OK) throw unreachable("its pane was closed before anything started in it");
}
