import { setTimeout as delay } from "node:timers/promises";
import { apiError } from "./api-error.ts";
import { type Desk, fire } from "./desk.ts";
import { type Directive, parseDirectives } from "./directives.ts";
import { gateOpened } from "./gates.ts";
import { answerLines, type Block } from "./lines.ts";
import { play } from "./play.ts";
import type { Queue } from "./queue.ts";
import { afterScript, scriptOf } from "./script.ts";
import { absorbedLines, apiErrorLine } from "./system-lines.ts";
import { type Call, runTools } from "./tools.ts";

/** How far a turn has come: the words of the answer being said, and whether its tools run. */
export interface Speech {
  text: string;
  tools: boolean;
}

/**
 * Plays answers and their tools until one has no tools, and resolves with its text; null when the turn failed. Rejects when
 * the turn is aborted; `speech` then says where.
 */
export async function converse(
  desk: Desk,
  queue: Queue,
  prompt: string,
  speech: Speech,
  turn: AbortController,
): Promise<string | null> {
  let script = scriptOf(prompt);
  let result: string | undefined;
  for (;;) {
    const directives = script.shift() ?? afterScript(result);
    const failed = await failure(desk, directives, turn.signal);
    if (failed !== null) return fail(desk, failed);
    const blocks = await say(desk, directives, speech, turn.signal);
    const calls = record(desk, blocks);
    if (calls.length === 0) return blocks.map((block) => (block.type === "text" ? block.text : "")).join("");
    speech.tools = true;
    result = await runTools(desk, calls, turn.signal);
    if (result === undefined) turn.abort();
    turn.signal.throwIfAborted();
    speech.tools = false;
    const absorbed = absorb(desk, queue);
    if (parseDirectives(absorbed).length > 0) script = scriptOf(absorbed);
  }
}

/** Says the answer on the screen while it is played. */
async function say(
  { stage, facts }: Desk,
  directives: readonly Directive[],
  speech: Speech,
  signal: AbortSignal,
): Promise<Block[]> {
  speech.text = "";
  const blocks = await play(directives, {
    signal,
    gate: (name, ends) => gateOpened(facts.config, name, ends),
    speak(text) {
      speech.text = text;
      stage.change({ streaming: text });
    },
  });
  speech.text = "";
  stage.change({ streaming: "" });
  return blocks;
}

/** Writes an answer when it is whole, one line a block, and returns its tool calls. */
function record({ transcript, stage, facts }: Desk, blocks: readonly Block[]): Call[] {
  const stop = blocks.some(({ type }) => type === "tool_use") ? "tool_use" : "end_turn";
  const lines = answerLines(blocks, facts.model, stop);
  return blocks.flatMap((block, index) => {
    const line = lines[index];
    const uuid = line ? transcript.append(line) : "";
    if (block.type === "text") stage.add({ is: "said", text: block.text });
    return block.type === "tool_use" ? [{ ...block, uuid }] : [];
  });
}

/** What was queued while tools ran reaches the model in the middle of the turn; its text is returned. */
function absorb({ transcript, stage }: Desk, queue: Queue): string {
  const taken = queue.take(false);
  for (const { text, at } of taken) {
    const { operation, attachment } = absorbedLines(text, at);
    transcript.note(operation);
    transcript.append(attachment);
    stage.add({ is: "prompt", text });
  }
  return taken.map(({ text }) => text).join("\n");
}

/** The HTTP status with which this answer fails for good; null when it does not, perhaps after some attempts. */
async function failure({ stage }: Desk, directives: readonly Directive[], signal: AbortSignal): Promise<number | null> {
  const error = directives.find(({ kind }) => kind === "err");
  if (!error) return null;
  if (error.times === null) return Number(error.argument);
  for (let attempt = 1; attempt <= error.times; attempt += 1) {
    stage.change({ trouble: `API error · retrying in 1s · attempt ${attempt}/10` });
    await delay(1000, undefined, { signal });
  }
  stage.change({ trouble: null });
  return null;
}

async function fail(desk: Desk, status: number): Promise<null> {
  const { kind, error, text } = apiError(status);
  desk.transcript.append(apiErrorLine(status, kind, text, error));
  desk.stage.add({ is: "said", text });
  await fire(desk, "StopFailure", { error, last_assistant_message: text });
  return null;
}
