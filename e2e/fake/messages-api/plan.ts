import type { Beat, ScriptedMessage } from "./answer.ts";

/** One server-sent event of the Messages API. */
export interface StreamEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A step of a streamed answer: an event to send, or something to wait for, or the place where the connection breaks. */
export type Step =
  | { readonly send: StreamEvent }
  | { readonly pause: number }
  | { readonly gate: string }
  | { readonly cut: true };

type Block = Record<string, unknown> & { readonly type: string };
type Spoken = Extract<Beat, { is: "text" | "thinking" | "tool" }>;

/** Opaque to Claude Code, which sends it back unread. */
const signature = "c2NyaXB0ZWQ=";

/** The content of an answer as a response without streaming holds it. */
export const contentOf = (beats: readonly Beat[]): Block[] =>
  beats.flatMap((beat) => (isSpoken(beat) ? [whole(beat)] : []));

const isSpoken = (beat: Beat): beat is Spoken => beat.is === "text" || beat.is === "thinking" || beat.is === "tool";

function whole(beat: Spoken): Block {
  if (beat.is === "tool") return { ...beat.call };
  if (beat.is === "text") return { type: "text", text: beat.text };
  return { type: "thinking", thinking: beat.text, signature };
}

/** The content blocks of an answer as events, with its pauses between them. Neighbouring texts share one block. */
export function planContent({ beats, slow }: ScriptedMessage): Step[] {
  const letters = beats.reduce((sum, beat) => sum + (beat.is === "text" ? beat.text.length : 0), 0);
  const pace = slow > 0 ? { size: Math.ceil(letters / (slow * 5)), pause: 0.2 } : { size: 2000, pause: 0 };
  const steps: Step[] = [];
  let index = -1;
  let texting = false;
  const endText = () => {
    if (texting) steps.push(stopBlock(index));
    texting = false;
  };
  for (const beat of beats) {
    if (beat.is === "text") {
      if (!texting) steps.push(startBlock(++index, { type: "text", text: "" }));
      texting = true;
      steps.push(...textDeltas(index, beat.text, pace));
    } else if (isSpoken(beat)) {
      endText();
      steps.push(...wholeBlock(++index, beat));
    } else steps.push(aside(beat));
  }
  endText();
  return steps;
}

const startBlock = (index: number, block: Block): Step => ({
  send: { type: "content_block_start", index, content_block: block },
});
const delta = (index: number, change: Block): Step => ({ send: { type: "content_block_delta", index, delta: change } });
const stopBlock = (index: number): Step => ({ send: { type: "content_block_stop", index } });

function textDeltas(index: number, text: string, pace: { size: number; pause: number }): Step[] {
  return pieces(text, pace.size).flatMap((piece) => {
    const said = delta(index, { type: "text_delta", text: piece });
    return pace.pause ? [said, { pause: pace.pause }] : [said];
  });
}

function wholeBlock(index: number, beat: Exclude<Spoken, { is: "text" }>): Step[] {
  if (beat.is === "tool") {
    const json = pieces(JSON.stringify(beat.call.input), 200);
    return [
      startBlock(index, { ...beat.call, input: {} }),
      ...json.map((piece) => delta(index, { type: "input_json_delta", partial_json: piece })),
      stopBlock(index),
    ];
  }
  return [
    startBlock(index, { type: "thinking", thinking: "", signature: "" }),
    delta(index, { type: "thinking_delta", thinking: beat.text }),
    delta(index, { type: "signature_delta", signature }),
    stopBlock(index),
  ];
}

function aside(beat: Exclude<Beat, Spoken>): Step {
  if (beat.is === "wait") return { pause: beat.seconds };
  if (beat.is === "gate") return { gate: beat.name };
  if (beat.is === "cut") return { cut: true };
  return { send: { type: "error", error: { type: "overloaded_error", message: "scripted overload" } } };
}

/** Pieces of so many code points, so that no character is cut in two. */
function pieces(text: string, size: number): string[] {
  const points = [...text];
  const starts = Array.from({ length: Math.ceil(points.length / size) }, (_, piece) => piece * size);
  return starts.map((start) => points.slice(start, start + size).join(""));
}
