import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Screen } from "../../contract/screen.ts";
import type { Command, Exit, Terminal, TerminalHost } from "../../main/terminal/terminal.ts";

const folders: string[] = [];

/** A new folder, until `removeScratch`. */
export function scratch(): string {
  const path = mkdtempSync(join(tmpdir(), "claude-team-terminal-"));
  folders.push(path);
  return path;
}

export function removeScratch(): void {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
}

/** Opens a terminal; what is left out is an ordinary PATH and folder. */
export function open(host: TerminalHost, argv: Command["argv"], given: Partial<Command> = {}): Promise<Terminal> {
  const command = { argv, cwd: tmpdir(), env: { PATH: process.env.PATH ?? "", HOME: tmpdir() }, ...given };
  return host.open(command, { name: "contract", place: { at: "auto" }, mark: "worker-1" });
}

export const sh = (host: TerminalHost, script: string, given: Partial<Command> = {}): Promise<Terminal> =>
  open(host, ["/bin/sh", "-c", script], given);

export const exitOf = (terminal: Terminal): Promise<Exit> => new Promise((done) => void terminal.onExit(done));

/** The screen as text, rows joined by line feeds, blank ends left out. */
export function textOf(screen: Screen): string {
  return screen.lines
    .map((runs) => runs.map(({ text }) => text).join(""))
    .join("\n")
    .trimEnd();
}

/** The first screen that fits. It waits for changes, never for time; an end without such a screen is an error that shows the last one. */
export async function until(terminal: Terminal, fits: (screen: Screen) => boolean): Promise<Screen> {
  let wake = () => {};
  let ended = false;
  using _changes = terminal.onChange(() => wake());
  using _end = terminal.onExit(() => {
    ended = true;
    wake();
  });
  for (;;) {
    const changed = new Promise<void>((done) => {
      wake = done;
    });
    const wasEnded = ended;
    const screen = await terminal.screen();
    if (fits(screen)) return screen;
    if (wasEnded) throw new Error(`it ended with ${JSON.stringify(textOf(screen))}`);
    await changed;
  }
}

export const shows = (terminal: Terminal, text: string): Promise<Screen> =>
  until(terminal, (screen) => textOf(screen).includes(text));

/**
 * A pipe that processes hold open for writing (`exec 9>PATH`, inherited by their children): `released` resolves when the last
 * of them is gone, so that nobody has to look for processes again and again.
 */
export function lifeline(): { path: string; released: Promise<void> } {
  const path = join(scratch(), "lifeline");
  execFileSync("mkfifo", [path]);
  const stream = createReadStream(path).resume();
  return { path, released: once(stream, "end").then(() => undefined) };
}
