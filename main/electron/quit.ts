import type { Worker } from "../../contract/worker.ts";
import type { AppHouse } from "./app.ts";
import type { Electron } from "./electron.ts";

/**
 * Ends the house before the app. A person who quits is told first what ends with it, and may stay; a stop from the command
 * line or a signal does not ask.
 */
export function quitCleanly({ app, dialog }: Electron, house: AppHouse, stay: () => void): void {
  let is: "up" | "asking" | "ending" | "ended" = "up";

  app.on("before-quit", (event) => {
    if (is === "ended") return;
    event.preventDefault();
    void ask();
  });
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") void ask();
  });
  void house.stopped.then(end);

  async function ask(): Promise<void> {
    if (is !== "up") return;
    const detail = quitWarning(house.store.state.workers.values());
    if (detail === undefined) return end();
    is = "asking";
    const choices = { buttons: ["Quit", "Stay"], defaultId: 1, cancelId: 1 };
    const { response } = await dialog.showMessageBox({
      type: "warning",
      message: "Quit claude-team?",
      detail,
      ...choices,
    });
    if (response === 0) return end();
    if (is === "asking") is = "up";
    stay();
  }

  async function end(): Promise<void> {
    if (is === "ending" || is === "ended") return;
    is = "ending";
    try {
      await house[Symbol.asyncDispose]();
    } finally {
      is = "ended";
      app.quit();
    }
  }
}

/** What quitting would end; undefined when it ends nothing. Only workers in our own terminals end with the app. */
export function quitWarning(workers: Iterable<Worker>): string | undefined {
  const ending = [...workers].filter(({ phase, terminal }) => phase.is !== "gone" && terminal.host === "pty");
  if (ending.length === 0) return undefined;
  const busy = ending.filter(({ phase }) => phase.is === "working" || phase.is === "asking").length;
  const who = ending.length === 1 ? "1 worker runs" : `${ending.length} workers run`;
  const middle = busy === 0 ? "" : ` (${busy} in the middle of something)`;
  return `${who} inside claude-team${middle} and will end with it. Their conversations can be resumed with claude --resume.`;
}
