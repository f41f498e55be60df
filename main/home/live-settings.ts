import { type FSWatcher, realpathSync, watch } from "node:fs";
import { readFile, realpath } from "node:fs/promises";
import { basename, dirname } from "node:path";
import * as z from "zod";
import { TeamError } from "../../contract/error.ts";
import { type Settings, type SettingsPatch, type SettingsState, settings as schema } from "../../contract/settings.ts";
import { writeAtomic } from "./atomic.ts";
import { type LoadedSettings, readSettings } from "./settings.ts";

/** Settings that follow their file. */
export interface LiveSettings extends Disposable {
  readonly state: SettingsState;
  /**
   * Writes what `make` makes of them, one change after another. Throws SETTINGS_BROKEN while the file has a fault, and
   * INPUT_INVALID for what the schema refuses; then nothing is written.
   */
  change(make: (values: Settings) => SettingsPatch): Promise<SettingsState>;
}

export interface LiveSettingsOptions {
  readonly path: string;
  /** As they were at the start. */
  readonly loaded: LoadedSettings;
  /** What the command line said; it stands above the file. */
  readonly overrides?: Partial<Settings>;
  /** The state is another one now. */
  changed(state: SettingsState): void;
  report(cause: unknown): void;
}

/** What counts only from the next start on. */
const atStart = ["port"] as const;
/** An editor may write a file in several steps. */
const settledMs = 100;

/** Watches settings.json: a person's edit counts at once, and of a broken one only the complaint does. */
export function openLiveSettings(options: LiveSettingsOptions): LiveSettings {
  const { path, loaded, overrides = {}, changed, report } = options;
  const started = loaded.settings;
  let state = stateOf({ ...started, ...overrides }, loaded.problem, loaded.unknown);
  let turn: Promise<unknown> = Promise.resolve();
  let soon: NodeJS.Timeout | undefined;

  function stateOf(values: Settings, problem: string | null, unknown: readonly string[] = []): SettingsState {
    const restart = atStart.filter((field) => values[field] !== started[field]);
    return { values, file: path, problem, restart, ...(unknown.length > 0 && { unknown: [...unknown] }) };
  }

  function become(next: SettingsState): SettingsState {
    const news = JSON.stringify(next) !== JSON.stringify(state);
    state = next;
    if (news) changed(state);
    return state;
  }

  function inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => undefined); // told to the caller
    return result;
  }

  async function look(): Promise<void> {
    const { value, faults } = readSettings(await textOf(path));
    if (faults.length === 0) become(stateOf({ ...value, ...overrides }, null));
    else become(stateOf(state.values, complaint(path, faults), state.unknown));
  }

  async function write(make: (values: Settings) => SettingsPatch): Promise<SettingsState> {
    const text = await textOf(path);
    const { value, faults } = readSettings(text);
    if (faults.length > 0) throw new TeamError("SETTINGS_BROKEN", complaint(path, faults));
    const patch = said(make(value));
    const { data, error } = schema.safeParse({ ...value, ...patch });
    if (error) throw new TeamError("INPUT_INVALID", z.prettifyError(error));
    // What the person left out stays out, and follows our defaults.
    const own = { ...JSON.parse(text), ...patch };
    // Through a link, so that settings kept elsewhere stay there.
    await writeAtomic(await realpath(path).catch(() => path), `${JSON.stringify(own, null, 2)}\n`);
    return become(stateOf({ ...data, ...overrides }, null));
  }

  function lookSoon(): void {
    clearTimeout(soon);
    soon = setTimeout(() => inOrder(look).catch(report), settledMs).unref();
  }

  const watchers = placesOf(path).flatMap((place) => watchFile(place, lookSoon, report) ?? []);

  return {
    get state() {
      return state;
    },
    change: (make) => inOrder(() => write(make)),
    [Symbol.dispose]() {
      clearTimeout(soon);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** Its own place, and where a link leads. */
function placesOf(path: string): string[] {
  try {
    return [...new Set([path, realpathSync(path)])];
  } catch {
    return [path]; // not written yet
  }
}

/** Watches the folder, since editors put a new file in the place of the old one. */
function watchFile(path: string, changed: () => void, report: (cause: unknown) => void): FSWatcher | undefined {
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_, name) => name === basename(path) && changed());
    return watcher.on("error", report);
  } catch (cause) {
    // No watches left (inotify limit): edits by hand count from the next start on, and the panel's do at once.
    report(cause);
    return undefined;
  }
}

const said = (patch: SettingsPatch) => Object.fromEntries(Object.entries(patch).filter(([, v]) => v !== undefined));

const complaint = (path: string, faults: readonly string[]) => `${path}: ${faults.join("; ")}`;

/** A file that is not there says nothing, which is no fault. */
async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return "{}";
    throw new TeamError("STORAGE_FAILED", `${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
