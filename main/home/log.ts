import { appendFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import type { Home } from "./home.ts";

export type LogLevel = "info" | "warn" | "error";

/** Writes one line: what happened, and facts for a program. Never throws. */
export type Log = (level: LogLevel, event: string, facts?: Record<string, unknown>) => void;

const lineMax = 16_384;
const kept = 3;

/** The server's own log: JSON lines in `logs/server.jsonl`, 0600, at most four files of `maxBytes`; no token ever stands in it. */
export function createLog(home: Home, now: () => number = Date.now, maxBytes = 1_048_576): Log {
  const path = join(home.paths.logs, "server.jsonl");
  let size = sizeOf(path);
  return (level, event, facts) => {
    const line = `${redact(write({ at: new Date(now()).toISOString(), level, event, ...facts }), home)}\n`;
    try {
      if (size > 0 && size + line.length > maxBytes) size = rotate(path);
      appendFileSync(path, line, { mode: 0o600 });
      size += Buffer.byteLength(line);
    } catch {
      // A full disk must not end the team; there is nobody else to tell.
    }
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function rotate(path: string): number {
  for (let age = kept; age > 0; age--) {
    const from = age === 1 ? path : `${path}.${age - 1}`;
    if (sizeOf(from) > 0) renameSync(from, `${path}.${age}`);
  }
  return 0;
}

function write(line: Record<string, unknown>): string {
  try {
    const json = JSON.stringify(line, (key, value) => (secretName.test(key) ? "[redacted]" : plain(value)));
    if (json.length <= lineMax) return json;
    const { at, level, event } = line;
    return JSON.stringify({ at, level, event, cut: json.slice(0, lineMax / 2) });
  } catch {
    // A circle or a bigint: readable is better than nothing.
    const { at, level, event } = line;
    return JSON.stringify({ at, level, event, facts: inspect(line).slice(0, lineMax / 2) });
  }
}

const secretName = /^(authorization|cookie|set-cookie)$|token$|secret|password/i;

/** The tokens as they are now, at each line: a manager's may be another one since. */
function redact(line: string, { token, personToken, panelKey }: Home): string {
  return [token, personToken, panelKey]
    .reduce((text, secret) => text.replaceAll(secret, "[token]"), line)
    .replace(/Bearer [\w.~+/=-]+/gi, "Bearer [redacted]")
    .replace(/#code=[\w-]+/g, "#code=[redacted]");
}

/** An Error has no fields that JSON would show. */
function plain(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  return { ...value, name, message, stack, cause };
}
