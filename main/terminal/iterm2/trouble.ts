import { TeamError } from "../../../contract/error.ts";

/** Why iTerm2 cannot be talked to, with the next step for a person. From iTerm2 3.5 to 3.7. */
export const troubles = {
  "no-mac": "iTerm2 runs on macOS only",
  "not-installed":
    "iTerm2 is not installed. Install it from https://iterm2.com (3.5.6 or later), or choose another terminal",
  "not-running": "iTerm2 is not running. Open it, and try again",
  "api-off":
    "iTerm2 runs, but its Python API is off. Turn it on in iTerm2 > Settings > General > Magic > Enable Python API; no restart is needed",
  denied:
    "macOS does not let claude-team control iTerm2. Allow it in System Settings > Privacy & Security > Automation: under the app that started claude-team, turn on iTerm. Then try again",
  refused:
    "iTerm2 refused the connection (401). Try again; if it stays so, choose “Require Automation permission” in iTerm2 > Settings > General > Magic, beside Enable Python API",
  "not-understood": "iTerm2 did not understand the connection (400). Update iTerm2 (3.5.6 or later), and claude-team",
  "too-old": "this iTerm2 is too old for claude-team. Update it to 3.5.6 or later: iTerm2 > Check For Updates",
  silent:
    "iTerm2 does not answer. A dialog may be open in it: look at its windows and close it. The workers in it go on",
  lost: "the connection to iTerm2 was lost",
} as const;

export type TroubleKind = keyof typeof troubles;

export function trouble(kind: TroubleKind, detail?: string, cause?: unknown): TeamError {
  const fact = detail === undefined ? troubles[kind] : `${troubles[kind]} (${detail})`;
  return new TeamError("TERMINAL_UNREACHABLE", fact, { cause, facts: { trouble: kind } });
}

export function kindOf(error: unknown): TroubleKind | undefined {
  const kind = error instanceof TeamError ? error.facts.trouble : undefined;
  return typeof kind === "string" && kind in troubles ? (kind as TroubleKind) : undefined;
}

/** A person has to act first: trying again by ourselves would only prompt or refuse again. */
export function needsPerson(error: unknown): boolean {
  const kind = kindOf(error);
  return (
    kind === "no-mac" || kind === "denied" || kind === "refused" || kind === "not-understood" || kind === "too-old"
  );
}
