import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Settings, settings } from "../../contract/settings.ts";
import { createOnce } from "./atomic.ts";

export interface LoadedSettings {
  readonly settings: Settings;
  /** What is wrong with the file, field by field; null when nothing is. */
  readonly problem: string | null;
  /** As in SettingsState. */
  readonly unknown: readonly string[];
}

/** What says whom to trust, where a default may allow more than the person had written. */
const ofTrust = ["allowedRoots", "managerMayAnswer", "managerMayBypass", "permissionMode", "claudeArguments"] as const;
type OfTrust = (typeof ofTrust)[number];

/** Of roots and arguments no value is the strictest: while they are unknown, managers spawn nowhere. */
const strictest: Partial<Settings> = { managerMayAnswer: "no", managerMayBypass: false, permissionMode: "manual" };

/** Reads settings.json, and writes nothing. A fault costs only the fields it names, which get their defaults, or what trusts least. */
export async function loadSettings(path: string): Promise<LoadedSettings> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT")
      return { settings: settings.parse({}), problem: null, unknown: [] };
    const problem = `${path} cannot be read: ${(cause as Error).message}`;
    return { settings: cautious({}, ofTrust), problem, unknown: ofTrust };
  }
  const { value, faults, unknown } = readSettings(text);
  if (faults.length === 0) return { settings: value, problem: null, unknown };
  const problem = `${path}: ${faults.join("; ")}. Defaults stand in for these, or what trusts managers least`;
  return { settings: value, problem, unknown };
}

/** Keeps a copy of a faulty file, one of each content; where it is, or undefined when the file cannot be read. */
export async function keepAside(path: string): Promise<string | undefined> {
  const text = await readFile(path).catch(() => undefined); // What is wrong with it was told.
  if (!text) return undefined;
  const mark = createHash("sha256").update(text).digest("hex").slice(0, 8);
  const copy = join(dirname(path), `settings.broken-${mark}.json`);
  await createOnce(copy, text);
  return copy;
}

interface Read {
  readonly value: Settings;
  readonly faults: readonly string[];
  readonly unknown: readonly string[];
}

/** What a settings file says, and what is wrong with it; a fault costs only the fields it names. Pure. */
export function readSettings(text: string): Read {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const faults = [`not JSON (${(cause as Error).message})`];
    return { value: cautious({}, ofTrust), faults, unknown: ofTrust };
  }
  const whole = settings.safeParse(json);
  if (whole.success) return { value: whole.data, faults: [], unknown: [] };
  const { issues } = whole.error;
  const sound = Object.fromEntries(
    Object.entries(json ?? {}).filter(
      ([field]) => Object.hasOwn(settings.shape, field) && !issues.some((issue) => issue.path[0] === field),
    ),
  );
  const faults = issues.map((issue) => [issue.path.join("."), issue.message].filter(Boolean).join(": "));
  // A fault of the whole (no object, or a field nobody knows) may be a misspelt one of these.
  const isWhole = issues.some((issue) => issue.path.length === 0);
  const unknown = ofTrust.filter(
    (field) => !Object.hasOwn(sound, field) && (isWhole || issues.some((issue) => issue.path[0] === field)),
  );
  return { value: cautious(sound, unknown), faults, unknown };
}

function cautious(sound: Partial<Settings>, unknown: readonly OfTrust[]): Settings {
  const least = Object.entries(strictest).filter(([field]) => unknown.some((name) => name === field));
  return settings.parse({ ...sound, ...Object.fromEntries(least) });
}
