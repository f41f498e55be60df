import { setTimeout as delay } from "node:timers/promises";
import { type Directive, fillerText, isTool } from "./directives.ts";
import { type Block, newToolId } from "./lines.ts";
import { toolCall } from "./tool-use.ts";

/** Who plays an answer: where its words go, what its gates wait for, and what stops it. */
export interface Player {
  /** Hears all that was said so far in this answer, whenever it has grown. */
  speak(text: string): void;
  gate(name: string, signal: AbortSignal): Promise<void>;
  readonly signal: AbortSignal;
}

const filled = ["text", "len"];

/** Plays an answer in time and resolves with its blocks; an abort rejects, with what was said kept by the player. */
export async function play(directives: readonly Directive[], player: Player): Promise<Block[]> {
  const blocks: Block[] = [];
  const slow = Number(directives.find(({ kind }) => kind === "slow")?.argument ?? 0);
  const written = directives.reduce((sum, one) => sum + textOf(one).length, 0);
  const spoken = slow > 0 && written < 40 ? [...directives, filler(slow)] : directives;
  const pace = slow > 0 ? Math.max(1, spoken.reduce((sum, one) => sum + textOf(one).length, 0) / (slow * 10)) : 0;
  let said = "";
  for (const directive of spoken) {
    player.signal.throwIfAborted();
    for (const piece of pieces(textOf(directive), pace)) {
      said += piece;
      player.speak(said);
      if (pace) await delay(100, undefined, { signal: player.signal });
    }
    await pause(directive, player);
    addBlock(blocks, directive);
  }
  return blocks.length > 0 ? blocks : [{ type: "text", text: "OK" }];
}

const filler = (seconds: number): Directive => ({
  kind: "text",
  argument: fillerText(80 * seconds),
  times: null,
  joins: false,
});

function textOf({ kind, argument }: Directive): string {
  if (!filled.includes(kind)) return "";
  return kind === "text" ? argument : fillerText(Number(argument));
}

/** Whole when there is no pace, else so many characters a tenth of a second. */
function pieces(text: string, pace: number): string[] {
  if (!pace || !text) return text ? [text] : [];
  const points = [...text];
  const size = Math.ceil(pace);
  const starts = Array.from({ length: Math.ceil(points.length / size) }, (_, index) => index * size);
  return starts.map((start) => points.slice(start, start + size).join(""));
}

async function pause({ kind, argument }: Directive, { gate, signal }: Player): Promise<void> {
  if (kind === "wait" || kind === "ttfb") await delay(Number(argument) * 1000, undefined, { signal });
  if (kind === "gate") await gate(argument, signal);
}

/** Neighbouring texts share one block. */
function addBlock(blocks: Block[], directive: Directive): void {
  const text = textOf(directive);
  const last = blocks.at(-1);
  if (text && last?.type === "text") blocks[blocks.length - 1] = { type: "text", text: last.text + text };
  else if (text) blocks.push({ type: "text", text });
  if (directive.kind === "think") {
    blocks.push({ type: "thinking", thinking: directive.argument || "Let me think.", signature: "ZGVtbw==" });
  }
  if (isTool(directive)) blocks.push({ type: "tool_use", id: newToolId(), ...toolCall(directive, "Agent") });
}
