import type { Readable } from "node:stream";
import { type FakeArguments, readArguments } from "./arguments.ts";
import { createAsking } from "./asking.ts";
import { type Desk, fire } from "./desk.ts";
import { createEnding } from "./ending.ts";
import { claudeVersion, type Facts, gatherFacts } from "./facts.ts";
import { createHooks } from "./hooks.ts";
import { createKeyboard } from "./keyboard.ts";
import { createKeyReader, type Key } from "./keys.ts";
import { runMcpCommand } from "./mcp-command.ts";
import { createQueue } from "./queue.ts";
import { createStage, type Terminal } from "./stage.ts";
import { createStatusFile } from "./status-file.ts";
import { type TakenUp, takeUp } from "./take-up.ts";
import { createTranscript } from "./transcript.ts";
import { createWorkerLoop } from "./worker-loop.ts";

export type Input = Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };

/**
 * Plays Claude Code 2.1.330 in a terminal: screen, keys, live status file, transcript and hooks are like the real one's, answers
 * are scripted by the prompts (directives.ts), and no tool really runs. `argv`: claude's own arguments. Resolves with the exit code.
 */
export async function runFakeClaude(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  stdin: Input,
  stdout: Terminal,
): Promise<number> {
  if (argv[0] === "mcp") {
    const { code, says } = runMcpCommand(argv.slice(1), env);
    stdout.write(`${says}\n`);
    return code;
  }
  const args = readArguments(argv);
  if (args.version) {
    stdout.write(`${claudeVersion} (Claude Code)\n`);
    return 0;
  }
  stdout.on("error", () => undefined); // the terminal may be gone before us
  const facts = gatherFacts(args, env);
  const taken = args.from === null ? undefined : takeUp(facts, args.from);
  if (args.from !== null && !taken) {
    stdout.write(`No conversation found with session ID: ${args.from}\n`);
    return 1;
  }
  const desk = createDesk({ args, facts, taken }, env, stdout);
  const code = await live(desk, args, stdin);
  stdout.write(`Resume this session with: claude --resume ${desk.transcript.conversation}\n`);
  return code;
}

interface Start {
  readonly args: FakeArguments;
  readonly facts: Facts;
  readonly taken: TakenUp | undefined;
}

function createDesk({ args, facts, taken }: Start, env: NodeJS.ProcessEnv, stdout: Terminal): Desk {
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
    transcript: createTranscript(facts, state.mode, now, taken),
    hooks: createHooks(args.hooks, { ...env, CLAUDE_PROJECT_DIR: facts.cwd }, facts.cwd),
  };
}

/** From the first hook to the last. */
async function live(desk: Desk, args: FakeArguments, stdin: Input): Promise<number> {
  const { stage, asking, status } = desk;
  const ending = createEnding(desk, () => stopReading(stdin));
  const giveBack = (text: string) => stage.change({ box: { ...stage.view.box, text: text + stage.view.box.text } });
  const loop = createWorkerLoop(desk, createQueue(stage), giveBack, ending.fail);
  const { enter, interrupt } = loop;
  const quit = () => ending.end("prompt_input_exit", 0);
  const keyboard = createKeyboard({ stage, asking, busy: () => loop.busy, enter, interrupt, quit });
  let ready = false;
  // Before it is ready Claude Code takes text but loses the Enter.
  startReading(stdin, (key) => (ready || key.is !== "enter") && keyboard(key));
  stdin.once("end", () => ending.end("other", 0));
  const source = args.from === null ? "startup" : args.from === args.conversation ? "resume" : "fork";
  await fire(desk, "SessionStart", { source, model: args.model });
  ready = true;
  status.set("idle");
  if (args.prompt && !ending.begun) enter(args.prompt);
  return ending.over.finally(loop.drop);
}

function startReading(stdin: Input, press: (key: Key) => void): void {
  const read = createKeyReader();
  stdin.setEncoding("utf8");
  if (stdin.isTTY) stdin.setRawMode?.(true);
  stdin.on("data", (chunk: string) => read(chunk).forEach(press));
}

function stopReading(stdin: Input): void {
  stdin.removeAllListeners("data");
  if (stdin.isTTY) stdin.setRawMode?.(false);
  stdin.pause();
}
