import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Settings, settings } from "../../contract/settings.ts";
import { createOnce } from "./atomic.ts";

export interface LoadedSettings {
  readonly settings: Settings;
  /** What is wrong with the file, field by field, and where its copy is; null when nothing is. */
  readonly problem: string | null;
}

/** Reads settings.json. A fault costs only the fields it names, which get their defaults; the file itself is never touched. */
export async function loadSettings(path: string): Promise<LoadedSettings> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return { settings: settings.parse({}), problem: null };
    return { settings: settings.parse({}), problem: `${path} cannot be read: ${(cause as Error).message}` };
  }
  const { value, faults } = readSettings(text);
  if (faults.length === 0) return { settings: value, problem: null };
  const copy = join(
    dirname(path),
    `settings.broken-${createHash("sha256").update(text).digest("hex").slice(0, 8)}.json`,
  );
  await createOnce(copy, text);
  return { settings: value, problem: `${path}: ${faults.join("; ")}. Defaults stand in for these; a copy is ${copy}` };
}

/** What a settings file says, and what is wrong with it; a fault costs only the fields it names. Pure. */
export function readSettings(text: string): { value: Settings; faults: string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    return { value: settings.parse({}), faults: [`not JSON (${(cause as Error).message})`] };
  }
  const whole = settings.safeParse(json);
  if (whole.success) return { value: whole.data, faults: [] };
  const { issues } = whole.error;
  const sound = Object.entries(json ?? {}).filter(
    ([field]) => Object.hasOwn(settings.shape, field) && !issues.some((issue) => issue.path[0] === field),
  );
  const faults = issues.map((issue) => [issue.path.join("."), issue.message].filter(Boolean).join(": "));
  return { value: settings.parse(Object.fromEntries(sound)), faults };
}
