import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "../main/demo/arguments.ts";
import { gatherFacts } from "../main/demo/facts.ts";
import { answerLines, promptLine } from "../main/demo/lines.ts";
import { payloadOf } from "../main/demo/payloads.ts";
import { createStatusFile } from "../main/demo/status-file.ts";
import { stopSummaryLine, turnDurationLine } from "../main/demo/system-lines.ts";
import { createTranscript } from "../main/demo/transcript.ts";
import type { BenchHouse } from "./house.ts";
import { createCaller } from "./http-caller.ts";

/** Writes and tells for an idle worker what Claude Code 2.1.330 would. */
export interface Puppet extends Disposable {
  /** A prompt is submitted, and answered with this text; the turn is not over yet. */
  work(prompt: string, answer: string): Promise<void>;
  /** The Stop hook. */
  stop(answer: string): Promise<void>;
  /** The turn's closing lines, and idle again: at once, the last that Claude writes. */
  close(): void;
}

export function createPuppet(house: BenchHouse, worker: string, conversation: string): Puppet {
  const { home, config, project, port } = house;
  const facts = { ...gatherFacts(readArguments(["--session-id", conversation]), {}), config, cwd: project };
  const claude = { ...facts, pid: pidOf(config, conversation) };
  const status = createStatusFile(claude, Date.now);
  const transcript = createTranscript(claude, "default", Date.now);
  const caller = createCaller();
  const token = readFileSync(join(home, "workers", worker, "token"), "utf8");

  async function hook(event: string, extras: object): Promise<void> {
    const moment = { conversation, transcript: transcript.path, prompt: "p", mode: "default" };
    const body = JSON.stringify(payloadOf(event, extras, moment, claude));
    await caller.post(port, body, { authorization: `Bearer ${token}` }, `/hook/${worker}`);
  }

  return {
    async work(prompt, answer) {
      status.set("busy");
      await hook("UserPromptSubmit", { prompt });
      transcript.append(promptLine(prompt, prompt, "default", "typed", 1));
      for (const line of answerLines([{ type: "text", text: answer }], "claude-opus-5-5", "end_turn"))
        transcript.append(line);
    },
    stop: (answer) => hook("Stop", { stop_hook_active: false, last_assistant_message: answer, background_tasks: [] }),
    close() {
      transcript.append(stopSummaryLine([], 1));
      transcript.append(turnDurationLine(100, 2));
      status.set("idle");
    },
    [Symbol.dispose]: () => caller[Symbol.dispose](),
  };
}

/** The process of the worker's stand-in, as its live status file names it. */
function pidOf(config: string, conversation: string): number {
  const sessions = join(config, "sessions");
  const files = readdirSync(sessions).map((name) => JSON.parse(readFileSync(join(sessions, name), "utf8")));
  return files.find(({ sessionId }) => sessionId === conversation).pid;
}
