import type { Check, CheckName } from "../../contract/check.ts";
import { TeamError } from "../../contract/error.ts";
import type { Settings } from "../../contract/settings.ts";
import type { HostKind } from "../../contract/worker.ts";
import type { HomePaths } from "../home/paths.ts";
import { asTyped, runClaude } from "./add-entry.ts";
import { checkClaude } from "./claude-check.ts";
import { checkEntry, runsToAdd } from "./entry-check.ts";
import { type Finding, good, missing } from "./finding.ts";
import { claudeConfigFile, entryNameOf, type Person } from "./mcp-entry.ts";

export interface ChecksDeps {
  readonly paths: HomePaths;
  readonly person: Person;
  settings(): Settings;
  /** What the terminal host found; rejects with the exact next step. */
  terminal(signal?: AbortSignal): Promise<string>;
  /** The hosts that can open one now; undefined where that is not known. */
  hosts(signal?: AbortSignal): Promise<HostKind[] | undefined>;
}

/** The checks of the first run, and their remedies. */
export interface Checks {
  look(signal?: AbortSignal): Promise<Check[]>;
  /** Does what a check showed as its `change`, and looks again. Throws INPUT_INVALID when that would be another change by now. */
  fix(name: CheckName, change: string, signal?: AbortSignal): Promise<Check>;
}

export function createChecks({ paths, person, settings, terminal, hosts }: ChecksDeps): Checks {
  async function lookAt(name: CheckName, signal?: AbortSignal): Promise<Check> {
    if (name === "terminal") {
      const [finding, usable] = await Promise.all([checkTerminal(terminal, signal), hosts(signal)]);
      return { ...check(name, finding), ...(usable && { hosts: usable }) };
    }
    if (name === "claude") return check(name, await checkClaude(person.env, settings().claude));
    const entry = entryNameOf(person);
    const words = `add ${entry} to ${claudeConfigFile(person)}, by Claude Code's own command`;
    const finding = await checkEntry(paths, settings().port, person, words);
    const change = finding.fix && asTyped(await runsToAdd(paths, settings().port, person));
    return { ...check(name, finding, change), entry };
  }

  async function fix(name: CheckName, change: string, signal?: AbortSignal): Promise<Check> {
    const now = await lookAt(name, signal);
    if (now.fix?.change !== change)
      throw new TeamError("INPUT_INVALID", `change: ${name} is not as it was shown; look at the checks again`);
    const runner = { env: person.env, setting: settings().claude };
    await runClaude(await runsToAdd(paths, settings().port, person), runner, signal);
    return lookAt(name, signal);
  }

  const look = (signal?: AbortSignal) =>
    Promise.all((["terminal", "claude", "entry"] as const).map((name) => lookAt(name, signal)));
  return { look, fix };
}

function check(name: CheckName, { state, fact, fix }: Finding, change: string | null = null): Check {
  return { name, state, fact, fix: fix === null ? null : { text: fix, change } };
}

async function checkTerminal(terminal: ChecksDeps["terminal"], signal?: AbortSignal): Promise<Finding> {
  try {
    return good(await terminal(signal));
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof TeamError) return missing(cause.message, cause.advice);
    return missing(cause instanceof Error ? cause.message : String(cause), "Run claude-team doctor.");
  }
}
