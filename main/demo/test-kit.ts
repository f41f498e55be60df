import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { json } from "node:stream/consumers";
import { runFakeClaude } from "./fake-claude.ts";
import { createWaiting, type Waiting } from "./waiting.ts";

export type Json = Record<string, unknown>;

/** What a PermissionRequest hook answers; `hold`: nothing yet. */
export type Rule = (payload: Json) => Json | undefined | "hold";

/** A fake Claude in this process, with a keyboard, a screen, and a server that its hooks report to. */
export interface Played extends AsyncDisposable {
  readonly hooks: readonly Json[];
  /** Each state of its live status file that was seen. */
  readonly statuses: readonly Json[];
  readonly held: readonly ServerResponse[];
  readonly ended: Promise<number>;
  reply(rule: Rule): void;
  /** Pastes one line and presses Enter; `screen` then begins anew. */
  enter(text: string): void;
  press(keys: string): void;
  /** Everything drawn since the last `enter`. */
  screen(): string;
  status(): unknown;
  heard(event: string, more?: (payload: Json) => boolean): number;
  until(ask: () => boolean): Promise<true>;
  /** All transcript lines, those of the first conversation first. */
  transcript(): Json[];
  sessions(): string[];
}

const first = "0f0f0f0f-0000-4000-8000-000000000001";
const events = [
  ...["SessionStart", "SessionEnd", "UserPromptSubmit", "PreToolUse", "PostToolUse", "PermissionRequest"],
  ...["Stop", "StopFailure", "PreCompact", "PostCompact"],
];

export async function playFake(prompt: string, args: readonly string[] = []): Promise<Played> {
  const config = mkdtempSync(join(tmpdir(), "fake-claude-"));
  mkdirSync(join(config, "sessions"));
  const waiting = createWaiting();
  const ear = await listenToHooks(waiting);
  const state = watchStatus(config, waiting);
  const keyboard = new PassThrough();
  const terminal = Object.assign(new PassThrough(), { columns: 120, rows: 40 });
  let drawn = "";
  terminal.on("data", (chunk) => {
    drawn += chunk;
    waiting.changed();
  });
  const settings = ["--settings", JSON.stringify({ hooks: hooksTo(ear.url) })];
  const line = [
    "--session-id",
    first,
    "--name",
    "tour",
    "--permission-mode",
    "manual",
    ...settings,
    ...args,
    "--",
    prompt,
  ];
  const ended = runFakeClaude(line, { ...process.env, CLAUDE_CONFIG_DIR: config }, keyboard, terminal);
  return {
    ...ear,
    ...state,
    ended,
    enter(text) {
      drawn = "";
      keyboard.write(`\u001b[200~${text}\u001b[201~\r`);
    },
    press: (keys) => void keyboard.write(keys),
    screen: () => drawn,
    until: (ask) => waiting.until(() => ask() || undefined, AbortSignal.timeout(20_000)),
    transcript: () => transcriptIn(config),
    async [Symbol.asyncDispose]() {
      keyboard.end();
      await ended;
      state.close();
      await ear.close();
      rmSync(config, { recursive: true });
    },
  };
}

const hooksTo = (url: string) =>
  Object.fromEntries(
    events.map((event) => [event, [{ hooks: [{ type: "command", command: `curl -s --data-binary @- ${url}` }] }]]),
  );

async function listenToHooks(waiting: Waiting) {
  const hooks: Json[] = [];
  const held: ServerResponse[] = [];
  let rule: Rule = () => undefined;
  const server = createServer(async (request, response) => {
    const payload = (await json(request)) as Json;
    hooks.push(payload);
    const answer = payload.hook_event_name === "PermissionRequest" ? rule(payload) : undefined;
    if (answer === "hold") held.push(response);
    else response.end(answer && JSON.stringify({ hookSpecificOutput: { decision: answer } }));
    waiting.changed();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    hooks,
    held,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    reply(next: Rule) {
      rule = next;
    },
    heard: (event: string, more: (payload: Json) => boolean = () => true) =>
      hooks.filter((payload) => payload.hook_event_name === event && more(payload)).length,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function watchStatus(config: string, waiting: Waiting) {
  const folder = join(config, "sessions");
  const statuses: Json[] = [];
  const read = (): Json => {
    try {
      return JSON.parse(readFileSync(join(folder, `${process.pid}.json`), "utf8"));
    } catch {
      return {}; // being written, or gone
    }
  };
  const watcher = watch(folder, () => {
    const now = read();
    if (now.pid) statuses.push(now);
    waiting.changed();
  });
  return { statuses, status: () => read().status, sessions: () => readdirSync(folder), close: () => watcher.close() };
}

function transcriptIn(config: string): Json[] {
  const projects = join(config, "projects");
  return existsSync(projects) ? readdirSync(projects).flatMap((project) => linesIn(join(projects, project))) : [];
}

/** The lines of every transcript in a folder, the first conversation's first. */
export function linesIn(folder: string): Json[] {
  const files = readdirSync(folder).filter((name) => /^[0-9a-f]{8}-.*\.jsonl$/.test(name));
  const inOrder = files.sort((a, b) => Number(b.startsWith(first)) - Number(a.startsWith(first)));
  return inOrder.flatMap((name) => readJsonLines(join(folder, name)));
}

export const readJsonLines = (path: string): Json[] =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
