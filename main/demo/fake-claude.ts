import type { Readable } from "node:stream";
import { type FakeArguments, readArguments } from "./arguments.ts";
import { createAsking } from "./asking.ts";
import { type Desk, fire } from "./desk.ts";
import { claudeVersion, gatherFacts } from "./facts.ts";
import { createHooks } from "./hooks.ts";
import { createKeyboard } from "./keyboard.ts";
import { createKeyReader } from "./keys.ts";
import { createQueue } from "./queue.ts";
import { createStage, type Terminal } from "./stage.ts";
import { createStatusFile } from "./status-file.ts";
import { createTranscript } from "./transcript.ts";
import { createWorkerLoop } from "./worker-loop.ts";

export type Keyboard = Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };

/**
 * Plays Claude Code 2.1.330 in a terminal: screen, keys, live status file, transcript and hooks are like the real one's, answers
 * are scripted by the prompts (directives.ts), and no tool really runs. `argv`: claude's own arguments. Resolves with the exit code.
 */
export async function runFakeClaude(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  stdin: Keyboard,
  stdout: Terminal,
): Promise<number> {
  const args = readArguments(argv);
  if (args.version) {
    stdout.write(`${claudeVersion} (Claude Code)\n`);
    return 0;
  }
  const desk = createDesk(args, env, stdout);
  const ending = createEnding(desk, stdin);
  const loop = createWorkerLoop(desk, createQueue(desk.stage), giveBack(desk), ending.fail);
  const { stage, asking } = desk;
  const quit = () => ending.end("prompt_input_exit", 0);
  const { enter, interrupt } = loop;
  const keyboard = createKeyboard({ stage, asking, busy: () => loop.busy, enter, interrupt, quit });
  const read = createKeyReader();
  stdout.on("error", () => undefined); // the terminal may be gone before us
  stdin.setEncoding("utf8");
  if (stdin.isTTY) stdin.setRawMode?.(true);
  stdin.on("data", (chunk: string) => read(chunk).forEach(keyboard));
  stdin.once("end", () => ending.end("other", 0));
  await fire(desk, "SessionStart", { source: args.resumes ? "resume" : "startup", model: args.model });
  desk.status.set("idle");
  if (args.prompt) loop.enter(args.prompt);
  const code = await ending.over.finally(loop.drop);
  stdout.write(`Resume this session with: claude --resume ${desk.transcript.conversation}\n`);
  return code;
}

function createDesk(args: FakeArguments, env: NodeJS.ProcessEnv, stdout: Terminal): Desk {
  const facts = gatherFacts(args, env);
  const now = () => Date.now();
  const state: Desk["state"] = { prompt: null, mode: args.mode === "manual" ? "default" : args.mode, count: 0 };
  const stage = createStage(stdout, facts, () => state.mode, now);
  const status = createStatusFile(facts, now);
  return {
    facts,
    now,
    state,
    stage,
    status,
    asking: createAsking(stage, status),
    transcript: createTranscript(facts, state.mode, now),
    hooks: createHooks(args.hooks, { ...env, CLAUDE_PROJECT_DIR: facts.cwd }, facts.cwd),
  };
}

const giveBack =
  ({ stage }: Desk) =>
  (text: string) =>
    stage.change({ box: { ...stage.view.box, text: text + stage.view.box.text } });

const signals = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 } as const;

/** The one way out, whoever asks for it first. The live status file goes before the last hook tells it (Claude Code 2.1.330). */
function createEnding(desk: Desk, stdin: Keyboard) {
  let settle: (code: number) => void = () => undefined;
  let reject: (cause: unknown) => void = () => undefined;
  const over = new Promise<number>((resolve, refuse) => {
    settle = resolve;
    reject = refuse;
  });
  const names = Object.keys(signals) as (keyof typeof signals)[];
  const onSignal = (name: keyof typeof signals) => end("other", signals[name]);
  for (const name of names) process.on(name, onSignal);
  let ended = false;

  function release(): void {
    for (const name of names) process.off(name, onSignal);
    desk.status.remove();
    stdin.removeAllListeners("data");
    if (stdin.isTTY) stdin.setRawMode?.(false);
    stdin.pause();
    desk.stage.close();
  }
  function end(reason: string, code: number): void {
    if (ended) return;
    ended = true;
    release();
    fire(desk, "SessionEnd", { reason })
      .finally(desk.hooks.end)
      .then(() => settle(code), reject);
  }
  function fail(cause: unknown): void {
    if (!ended) release();
    ended = true;
    desk.hooks.end();
    reject(cause);
  }
  return { over, end, fail };
}
