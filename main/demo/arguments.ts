import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

/** A hook as `--settings` holds it; only commands are run. */
export interface HookCommand {
  readonly type: string;
  readonly command: string;
  /** Seconds. */
  readonly timeout?: number;
}
export type HookTable = Readonly<Record<string, readonly { matcher?: string; hooks: readonly HookCommand[] }[]>>;

/** What of Claude Code's command line means something to the fake. */
export interface FakeArguments {
  readonly version: boolean;
  readonly conversation: string;
  /** The conversation it goes on with, or with a copy of, when `conversation` is another one. */
  readonly from: string | null;
  readonly name: string | null;
  readonly hooks: HookTable;
  /** As `--permission-mode` names it. */
  readonly mode: string;
  readonly model: string;
  readonly prompt: string | null;
}

/** Flags of Claude Code 2.1.330 that take a value: it must not be taken for the prompt. */
const ignored = [
  ...["mcp-config", "append-system-prompt", "system-prompt", "system-prompt-snapshot", "add-dir", "allowedTools"],
  ...["disallowedTools", "effort", "agents", "setting-sources", "debug-file", "fallback-model", "plugin-dir"],
];
const string = { type: "string" } as const;
const options = {
  version: { type: "boolean", short: "v" },
  "session-id": string,
  resume: { type: "string", short: "r" },
  "fork-session": { type: "boolean" },
  name: { type: "string", short: "n" },
  settings: string,
  "permission-mode": string,
  model: string,
  ...Object.fromEntries(ignored.map((name) => [name, string])),
} as const;

export function readArguments(argv: readonly string[]): FakeArguments {
  const { values, positionals } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true });
  const text = (name: string) => (typeof values[name] === "string" ? (values[name] as string) : null);
  const prompt = positionals[0]?.trim();
  const from = text("resume");
  const own = text("session-id") ?? randomUUID();
  return {
    version: values.version === true,
    conversation: values["fork-session"] === true ? own : (from ?? own),
    from,
    name: text("name"),
    hooks: readHooks(text("settings")),
    mode: text("permission-mode") ?? "manual",
    model: text("model") ?? "claude-opus-5-5",
    prompt: prompt || null,
  };
}

/** `--settings` is a file or JSON itself. */
function readHooks(settings: string | null): HookTable {
  if (!settings) return {};
  const json = settings.trimStart().startsWith("{") ? settings : readFileSync(settings, "utf8");
  return (JSON.parse(json) as { hooks?: HookTable }).hooks ?? {};
}
