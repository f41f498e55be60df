import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTranscript } from "./open.ts";
import { createOutbox } from "./outbox.ts";
import { readEntry } from "./read-entry.ts";
import { withOutput } from "./told.ts";
import type { Summary, Told, Transcript, Turn } from "./transcript.ts";
import { createTurns } from "./turns.ts";

const data = join(import.meta.dirname, "../../e2e/data");

/** Where one of `recordings` stands. */
export const recordingFile = (name: string): string => join(data, name);

export const recordingPath = (name: string): string => join(data, "transcripts", `${name}.jsonl`);

/** Every transcript recorded from Claude Code 2.1.330, by a short name. */
export const recordings: ReadonlyMap<string, Buffer> = new Map(
  ["transcripts", ...readdirSync(join(data, "scenes")).map((scene) => join("scenes", scene))].flatMap((folder) =>
    readdirSync(join(data, folder))
      .filter((file) => file.endsWith(".jsonl") && file !== "hooks.jsonl")
      .map((file) => [join(folder, file), readFileSync(join(data, folder, file))] as const),
  ),
);

/** The transcripts of one scene, by what their names begin with. */
export function scenePath(scene: string, id: string): string {
  const folder = join(data, "scenes", scene);
  return join(folder, readdirSync(folder).find((file) => file.startsWith(id)) ?? id);
}

export interface TempFolder extends Disposable {
  readonly path: string;
}

export function tempFolder(): TempFolder {
  const path = mkdtempSync(join(tmpdir(), "claude-team-transcript-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export interface Probe extends Disposable {
  readonly transcript: Transcript;
  readonly told: Told[];
  readonly summaries: Summary[];
  /** Resolves as soon as this holds; looked at after each thing told. */
  until(holds: () => boolean): Promise<void>;
}

/** A transcript with a listener that remembers. */
export function probe(): Probe {
  const told: Told[] = [];
  const summaries: Summary[] = [];
  const waiting = new Set<() => void>();
  const look = () => {
    for (const check of [...waiting]) check();
  };
  const transcript = openTranscript({
    told(observation) {
      told.push(observation);
      look();
    },
    changed(summary) {
      summaries.push(summary);
      look();
    },
  });
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!holds()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  return { transcript, told, summaries, until, [Symbol.dispose]: () => transcript[Symbol.dispose]() };
}

/** The whole lines of these bytes, read one by one with nothing left out. */
export function foldWhole(bytes: Buffer) {
  const turns = createTurns();
  const whole = bytes.subarray(0, bytes.lastIndexOf(10) + 1);
  const lines = whole.toString("utf8").split("\n");
  const told = lines.flatMap((line) => turns.add(readEntry(Buffer.from(line))));
  return { turns: turns.turns, summary: turns.summary, told };
}

/** A command and what it printed as one, where a piece of the file ended between them, too. */
export function withOutputs(told: readonly Told[]): Told[] {
  const whole: Told[] = [];
  const outbox = createOutbox<Told>((one) => whole.push(one), withOutput);
  outbox.put(told);
  outbox.flush();
  return whole;
}

/** Lines as Claude Code 2.1.330 writes them, for what the recordings do not show. */
export function line(type: "user" | "assistant" | "system", fields: object): string {
  const stamp = {
    uuid: `u${String(uuids++).padStart(8, "0")}`,
    timestamp: "2026-11-22T12:00:00.000Z",
    cwd: "/home/dev/p",
    gitBranch: "main",
  };
  return `${JSON.stringify({ parentUuid: null, isSidechain: false, type, ...fields, ...stamp })}\n`;
}
let uuids = 0;

export const prompt = (text: string, more: object = {}): string =>
  line("user", {
    message: { role: "user", content: text },
    promptId: `p-${text}`,
    origin: { kind: "human" },
    promptSource: "typed",
    ...more,
  });

export const said = (id: string, content: object[], more: object = {}, block = 0): string =>
  line("assistant", {
    message: { id, role: "assistant", model: "claude-opus-5-5", content, stop_reason: "end_turn", ...more },
    apiBlockIndex: block,
  });

export const text = (words: string) => ({ type: "text", text: words });
export const tool = (id: string, command: string) => ({ type: "tool_use", id, name: "Bash", input: { command } });

export const result = (id: string, content: string, more: object = {}): string =>
  line("user", { message: { role: "user", content: [{ tool_use_id: id, type: "tool_result", content }] }, ...more });

export const closing = (background = 0): string =>
  line("system", { subtype: "turn_duration", pendingBackgroundAgentCount: background });

/** Prompts, the start of the last text, tools, problem; `+` is an absorbed prompt, `…` a turn that goes on. */
export function row(turn: Turn): string {
  const start = (words: string | null) => words?.split("\n")[0]?.slice(0, 24).trim() ?? "–";
  const prompts = turn.prompts.map((p) => `${p.absorbed ? "+" : ""}${start(p.text)}`).join(" & ");
  const parts = [prompts || "∅", start(turn.text), turn.tools.join(","), turn.problem?.is ?? ""];
  return `${parts.join(" | ")}${turn.ended ? "" : " …"}${turn.background > 0 ? ` (${turn.background})` : ""}`;
}

/** What a transcript comes to when all of it was read. */
export async function turnsOf(path: string) {
  using it = probe();
  it.transcript.follow(path);
  await it.transcript.settled();
  return { rows: it.transcript.turns.map(row), turns: it.transcript.turns, summary: it.transcript.summary };
}

export async function turnsIn(...lines: string[]) {
  using folder = tempFolder();
  const path = join(folder.path, "a.jsonl");
  writeFileSync(path, lines.join(""));
  return await turnsOf(path);
}
