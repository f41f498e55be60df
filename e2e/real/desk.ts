import type { Screen } from "../../contract/screen.ts";
import { readScreen } from "../../main/claude/screen.ts";
import { changed } from "../../main/team/changed.ts";
import { toInput } from "../../main/terminal/paste.ts";
import { createPtyHost } from "../../main/terminal/pty/pty-host.ts";
import type { Terminal } from "../../main/terminal/terminal.ts";
import { claudePath } from "../needs.ts";
import { type ClaudeManager, managerArguments, type Start } from "./manager.ts";
import type { World } from "./world.ts";

/** A manager in interactive use, and the person at its keyboard. */
export interface Desk extends ClaudeManager {
  /** Pastes it into the empty input box and presses Enter. */
  say(text: string): Promise<void>;
  press(keys: string): Promise<void>;
  /** Looks into /mcp until all our tools are there: a prompt submitted before that is answered without them. */
  connects(): Promise<void>;
  /** Resolves when this stands on the screen. */
  shows(words: RegExp): Promise<void>;
  /** Types /exit; resolves when it has ended. */
  leave(): Promise<void>;
}

/** Starts it in a terminal that ends with the world. Resolves when it takes a message. */
export async function sitDown(world: World, { cwd, env }: Start): Promise<Desk> {
  const { args, ...manager } = managerArguments(world);
  const host = world.own(createPtyHost({ cols: 160 }));
  const command = { argv: [claudePath(), ...args] as const, cwd, env: { ...world.env, ...env } };
  const terminal = await host.open(command, { name: "manager", place: { at: "auto" }, mark: "manager" });
  const drafted = async (wanted: boolean) => {
    const { draft } = readScreen(await terminal.screen());
    return draft !== null && (draft !== "") === wanted;
  };
  const submit = async (typed: string) => {
    await until(terminal, () => drafted(false));
    await terminal.type(typed);
    await until(terminal, () => drafted(true));
    await terminal.type("\r");
  };
  const shows = (words: RegExp) => until(terminal, async () => words.test(textOf(await terminal.screen())));
  await until(terminal, () => drafted(false));
  return {
    ...manager,
    shows,
    say: (text) => submit(toInput(text, "text").chunks.join("")),
    press: (keys) => terminal.type(keys),
    async connects() {
      await submit("/mcp");
      await shows(/✔ claude-team +10 tools/);
      await terminal.type("\x1b");
    },
    async leave() {
      await submit("/exit");
      await new Promise((ended) => terminal.onExit(ended));
    },
  };
}

const textOf = ({ lines }: Screen) => lines.map((runs) => runs.map(({ text }) => text).join("")).join("\n");

const patienceMs = 45_000;

/** Rejects with the screen as it is when that does not become so. */
async function until(terminal: Terminal, isSo: () => Promise<boolean>): Promise<void> {
  const signal = AbortSignal.timeout(patienceMs);
  for (;;) {
    const change = changed(terminal, signal);
    if (await isSo()) return;
    if (signal.aborted) throw new Error(`the manager's screen stays at:\n${textOf(await terminal.screen())}`);
    await change;
  }
}
