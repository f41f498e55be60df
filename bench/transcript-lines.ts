import { appendFileSync } from "node:fs";

/** Transcripts of any size, shaped like those of Claude Code 2.1.330; the same from the same seed. */
export interface Lines {
  /** All lines of the next turn: prompt, requests, tools with results of 100 B to 200 kB, the answer, the closing line. */
  turn(): string;
}

export function createLines(seed = 1): Lines {
  const source = createSource(seed);
  return {
    turn() {
      const steps = Array.from({ length: 1 + Math.floor(source.random() * 24) }, () => step(source));
      const answer = said(source, "end_turn", { type: "text", text: words(source, 800) });
      const hook = source.line({ attachment: { type: "hook_success" }, type: "attachment" });
      const closing = source.line({ type: "system", subtype: "turn_duration", durationMs: 1000 });
      return prompt(source, words(source, 200)) + steps.join("") + answer + hook + closing;
    },
  };
}

/** Appends whole turns until there are at least so many megabytes of them. */
export function grow(path: string, megabytes: number): void {
  const lines = createLines();
  const wanted = megabytes * 1024 * 1024;
  let block = "";
  for (let written = 0; written < wanted; written += Buffer.byteLength(block)) {
    // Beyond some megabytes the same turns again: making new ones takes longer than writing them.
    if (block.length < 8 * 1024 * 1024) block = megabytes > 10 ? manyTurns(lines) : lines.turn();
    appendFileSync(path, block);
  }
}

const manyTurns = (lines: Lines): string => Array.from({ length: 24 }, () => lines.turn()).join("");

/** A prompt that carries the moment it was written, by the system's monotonic clock in nanoseconds. */
export function stampedPrompt(): string {
  return prompt(createSource(1), `at ${process.hrtime.bigint()}`);
}

interface Source {
  random(): number;
  id(): string;
  line(fields: object): string;
}

function createSource(seed: number): Source {
  let state = seed;
  let count = 0;
  const id = (): string => `${(++count).toString(16).padStart(8, "0")}-0000-4000-8000-000000000000`;
  const common = { userType: "external", cwd: "/home/dev/p", sessionId: "s", version: "2.1.330", gitBranch: "main" };
  return {
    random() {
      state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
      return state / 2 ** 32;
    },
    id,
    line(fields) {
      const stamp = { uuid: id(), timestamp: new Date(1_795_000_000_000 + count * 100).toISOString() };
      return `${JSON.stringify({ parentUuid: id(), isSidechain: false, ...fields, ...stamp, ...common })}\n`;
    },
  };
}

const prompt = (source: Source, content: string): string =>
  source.line({
    promptId: source.id(),
    type: "user",
    message: { role: "user", content },
    origin: { kind: "human" },
    promptSource: "typed",
  });

const usage = { input_tokens: 12, output_tokens: 40, cache_read_input_tokens: 9000, cache_creation_input_tokens: 100 };

function said(source: Source, stop: string, block: object): string {
  const message = { id: `msg_${source.id()}`, type: "message", role: "assistant", model: "claude-opus-5-5" };
  return source.line({
    message: { ...message, content: [block], stop_reason: stop, usage },
    apiBlockIndex: 0,
    type: "assistant",
  });
}

function step(source: Source): string {
  const call = `toolu_${source.id()}`;
  const output = words(source, Math.round(100 * 2000 ** source.random()));
  const content = [{ tool_use_id: call, type: "tool_result", content: output, is_error: false }];
  const request = { type: "api-request", sessionId: "s", id: source.id(), params: words(source, 1000) };
  return (
    said(source, "tool_use", { type: "tool_use", id: call, name: "Bash", input: { command: `make ${call}` } }) +
    source.line({ type: "user", message: { role: "user", content }, toolUseResult: { stdout: output, stderr: "" } }) +
    `${JSON.stringify(request)}\n`
  );
}

const bits = [
  "const",
  "value",
  "=",
  '"quoted"',
  "漢字",
  "└──",
  "\n",
  "src/main.ts:12",
  "ok",
  "😀",
  "\tindent",
  "error:",
];

function words(source: Source, length: number): string {
  const sentence = Array.from({ length: 40 }, () => bits[Math.floor(source.random() * bits.length)]).join(" ");
  return sentence.repeat(Math.ceil(length / sentence.length)).slice(0, length);
}
