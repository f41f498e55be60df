import { randomUUID } from "node:crypto";
import { converse, type Speech } from "./converse.ts";
import { type Desk, fire } from "./desk.ts";
import { cutShortLine, interruptedLine, promptLine } from "./lines.ts";
import type { Entered, Queue } from "./queue.ts";
import { dequeuedLine, stopSummaryLine, turnDurationLine } from "./system-lines.ts";

/** The reason for an abort that leaves no trace: the program ends. */
export const dropped = Symbol("dropped");

/** How a turn ended. `unsent`: interrupted before anything was said, so the prompt is given back. */
export type TurnEnd = { readonly unsent: string | null };

/** Plays one turn, from submitted prompts to the end of the answer, with everything Claude Code 2.1.330 writes and tells. */
export async function runTurn(
  desk: Desk,
  queue: Queue,
  prompts: readonly Entered[],
  turn: AbortController,
): Promise<TurnEnd> {
  const { state, stage, status, transcript } = desk;
  const began = desk.now();
  const before = transcript.leaf;
  const speech: Speech = { text: "", tools: false };
  state.prompt = randomUUID();
  status.set("busy");
  stage.change({ busySince: began });
  try {
    await submit(desk, prompts, turn.signal);
    const answer = await converse(desk, queue, prompts.at(-1)?.text ?? "", speech, turn);
    if (queue.length > 0) transcript.note(dequeuedLine);
    if (answer !== null) await close(desk, answer, began);
    return { unsent: null };
  } catch (cause) {
    if (!turn.signal.aborted) throw cause;
    if (turn.signal.reason === dropped) return { unsent: null };
    if (!speech.text && !speech.tools && queue.length === 0) return unsend(desk, prompts, before);
    interrupt(desk, speech);
    return { unsent: null };
  } finally {
    stage.change({ busySince: null, streaming: "", trouble: null });
    status.set("idle");
  }
}

/** A prompt from the queue has told its hook when it was entered. */
async function submit(desk: Desk, prompts: readonly Entered[], signal: AbortSignal): Promise<void> {
  const { state, transcript, stage } = desk;
  for (const { text, source } of prompts) {
    if (source === "typed") await fire(desk, "UserPromptSubmit", { prompt: text }, signal);
    state.count += 1;
    transcript.append(promptLine(text, state.prompt ?? "", state.mode, source, state.count));
    stage.add({ is: "prompt", text });
  }
  signal.throwIfAborted();
}

async function close(desk: Desk, answer: string, began: number): Promise<void> {
  const { hooks, transcript, state } = desk;
  const stopping = desk.now();
  const told = {
    stop_hook_active: false,
    last_assistant_message: answer.trimEnd(),
    background_tasks: [],
    session_crons: [],
  };
  await fire(desk, "Stop", told);
  const ran = hooks.of("Stop");
  if (ran.length > 0) transcript.append(stopSummaryLine(ran, desk.now() - stopping));
  transcript.append(turnDurationLine(desk.now() - began, state.count * 2));
}

function interrupt({ transcript, stage, state, facts }: Desk, speech: Speech): void {
  const prompt = state.prompt ?? "";
  if (speech.tools) {
    transcript.append(interruptedLine(prompt, "for tool use"));
    return;
  }
  if (speech.text) {
    const { line, message } = cutShortLine(speech.text, facts.model);
    stage.add({ is: "said", text: speech.text });
    transcript.append(line);
    transcript.append(interruptedLine(prompt, "in its words", message));
  } else transcript.append(interruptedLine(prompt, "in its words"));
  stage.add({ is: "note", text: "Interrupted · What should Claude do instead?" });
}

/** The next prompt hangs where this one hung, and its text stands in the input box again. */
function unsend({ transcript, state }: Desk, prompts: readonly Entered[], before: string | null): TurnEnd {
  transcript.rewind(before);
  state.count -= prompts.length;
  return { unsent: prompts.map(({ text }) => text).join("\n") };
}
