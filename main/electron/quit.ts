import { describe, TeamError, toTeamError } from "../../contract/error.ts";
import type { HostKind, Worker } from "../../contract/worker.ts";
import type { AppHouse } from "./app-deps.ts";
import type { Electron } from "./electron.ts";
import type { WhileDialog } from "./while-dialog.ts";

export interface QuitDeps {
  readonly dialogs: WhileDialog;
  /** Takes windows, icon and notices away; nothing is told any more. */
  leave(): void;
  report(where: string, cause: unknown): void;
}

export interface Quit {
  /** As if the person had quit; `finish` instead of an ordinary end, once everything has ended. */
  ask(finish?: () => void): Promise<void>;
}

/**
 * Ends the house before the app. A person who quits is told first what becomes of the workers, and may stay; a stop from the
 * command line or a signal does not ask.
 */
export function quitCleanly({ app, dialog }: Electron, house: AppHouse, { dialogs, leave, report }: QuitDeps): Quit {
  let is: "up" | "asking" | "ending" | "ended" = "up";

  app.on("before-quit", (event) => {
    if (is === "ended") return;
    event.preventDefault();
    void ask();
  });
  // The app lives in the menu bar: the last window's end is not its end.
  app.on("window-all-closed", () => {});
  void house.stopped.then(() => end());

  async function ask(finish?: () => void): Promise<void> {
    if (is !== "up") return;
    is = "asking";
    const fate = fateOf(house.store.state.workers.values());
    const quits = fate === undefined || (await dialogs.during(() => mayQuit(fate)));
    if (quits) return end(finish);
    if (is === "asking") is = "up";
  }

  /** The person's answer; workers are closed before, so that one that cannot be is still looked after. */
  async function mayQuit(fate: Fate): Promise<boolean> {
    const choice = await confirm(dialog, fate);
    return choice === "close" ? closeAll(fate.staying) : choice === "quit";
  }

  async function closeAll(workers: readonly Worker[]): Promise<boolean> {
    const closings = workers.map(({ id }) => house.team.close({ worker: id, force: true }, "person"));
    const left = (await Promise.allSettled(closings)).flatMap((closing, index) =>
      closing.status === "rejected" && !hasEnded(closing.reason)
        ? [`${workers[index]?.name}: ${toldOf(closing.reason)}`]
        : [],
    );
    if (left.length > 0) dialog.showErrorBox("Not all workers could be closed", left.join("\n"));
    return left.length === 0;
  }

  const toldOf = (cause: unknown): string => describe(toTeamError(cause, (id) => report(`quit ${id}`, cause)));

  async function end(finish = () => app.quit()): Promise<void> {
    if (is === "ending" || is === "ended") return;
    is = "ending";
    leave();
    try {
      await house[Symbol.asyncDispose]();
    } catch (cause) {
      report("quit", cause);
    }
    is = "ended";
    finish();
  }

  return { ask };
}

async function confirm(dialog: Electron["dialog"], { detail, loses, staying }: Fate): Promise<Choice> {
  const { response } = await dialog.showMessageBox({
    type: loses ? "warning" : "question",
    message: "Quit Claude Team?",
    detail,
    buttons: staying.length > 0 ? [...always, "Close Workers and Quit"] : always,
    defaultId: loses ? 1 : 0,
    cancelId: 1,
  });
  return choices[response] ?? "stay";
}

const always = ["Quit", "Stay"];
/** In the order of the buttons. */
const choices = ["quit", "stay", "close"] as const;
type Choice = (typeof choices)[number];

/** By itself, while the question stood. */
const hasEnded = (cause: unknown) => cause instanceof TeamError && cause.code === "WORKER_GONE";

/** What becomes of the workers when the app quits. */
export interface Fate {
  readonly detail: string;
  /** Some end with it. */
  readonly loses: boolean;
  /** Those that go on without it. */
  readonly staying: readonly Worker[];
}

/** Workers in our own terminals end with the app; those in iTerm2 and tmux live on. Undefined when there are none. */
export function fateOf(workers: Iterable<Worker>): Fate | undefined {
  const alive = [...workers].filter(({ phase }) => phase.is !== "gone");
  const ending = alive.filter(({ terminal }) => terminal.host === "pty");
  const staying = alive.filter(({ terminal }) => terminal.host !== "pty");
  if (alive.length === 0) return undefined;
  const sentences = [...(ending.length > 0 ? [ends(ending)] : []), ...(staying.length > 0 ? [stays(staying)] : [])];
  return { detail: sentences.join("\n\n"), loses: ending.length > 0, staying };
}

function ends(workers: readonly Worker[]): string {
  const busy = workers.filter(({ phase }) => phase.is !== "idle").length;
  const who = workers.length === 1 ? "1 worker runs" : `${workers.length} workers run`;
  const middle = busy === 0 ? "" : ` (${busy} in the middle of something)`;
  return `${who} inside claude-team${middle} and will end with it: ${names(workers)}. Conversations can be resumed.`;
}

function stays(workers: readonly Worker[]): string {
  const hosts = [...new Set(workers.map(({ terminal }) => hostNames[terminal.host]))].join(" and ");
  const who = workers.length === 1 ? "1 worker goes on" : `${workers.length} workers go on`;
  return `${who} in ${hosts}, to be found again at the next start: ${names(workers)}.`;
}

const hostNames: Readonly<Record<HostKind, string>> = { iterm2: "iTerm2", tmux: "tmux", pty: "claude-team" };

const namesShown = 5;

function names(workers: readonly Worker[]): string {
  const shown = workers.slice(0, namesShown).map(({ name }) => name);
  const more = workers.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}
