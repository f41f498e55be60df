import { TeamError } from "../../../contract/error.ts";

/** Why iTerm2 (3.5 to 3.7) cannot be talked to: the fact, and the next step for a person. */
const troubles = {
  "no-mac": ["iTerm2 runs on macOS only", "choose another terminal"],
  "not-installed": ["iTerm2 is not installed", "install it from https://iterm2.com (3.5.6 or later)"],
  "not-running": ["iTerm2 is not running", "open it, and try again"],
  "api-off": [
    "iTerm2 runs, but its Python API is off",
    "turn on iTerm2 > Settings > General > Magic > Enable Python API; it works at once",
  ],
  denied: [
    "macOS does not let claude-team control iTerm2",
    "in System Settings > Privacy & Security > Automation, under the app that started claude-team, turn on iTerm; then try again",
  ],
  asking: [
    "nobody answered macOS's question whether claude-team may control iTerm2",
    "try again and answer it; or in System Settings > Privacy & Security > Automation, under the app that started claude-team, turn on iTerm",
  ],
  refused: [
    "iTerm2 refused the connection (401)",
    "try again; if it stays so, restart iTerm2, and see that iTerm2 > Settings > General > Magic has “Require Automation permission” beside Enable Python API",
  ],
  "not-understood": [
    "iTerm2 did not understand the connection (400)",
    "update iTerm2 (3.5.6 or later) and claude-team",
  ],
  "too-old": ["this iTerm2 is too old", "update it to 3.5.6 or later: iTerm2 > Check For Updates"],
  silent: [
    "iTerm2 does not answer",
    "look at its windows: a dialog that is open there stops everything else until it is closed",
  ],
  lost: ["the connection to iTerm2 was lost", "it is made again by itself; if not, look whether iTerm2 runs"],
} as const;

export type TroubleKind = keyof typeof troubles;

export function trouble(kind: TroubleKind, detail?: string, cause?: unknown): TeamError {
  const [what, fix] = troubles[kind];
  const fact = detail === undefined ? what : `${what} (${detail})`;
  return new TeamError("TERMINAL_UNREACHABLE", `${fact}: ${fix}`, { cause, facts: { trouble: kind, fact, fix } });
}

/** Any other failure of a connection lost it. */
export function asTrouble(cause: unknown): TeamError {
  if (cause instanceof TeamError) return cause;
  return trouble("lost", cause instanceof Error ? cause.message : String(cause), cause);
}

export function kindOf(error: unknown): TroubleKind | undefined {
  const kind = error instanceof TeamError ? error.facts.trouble : undefined;
  return typeof kind === "string" && kind in troubles ? (kind as TroubleKind) : undefined;
}

const forPeople: readonly (TroubleKind | undefined)[] = [
  ...(["no-mac", "denied", "asking", "refused", "not-understood", "too-old"] as const),
];

/** A person has to act first: trying again by ourselves would only prompt or be refused again. */
export const needsPerson = (error: unknown): boolean => forPeople.includes(kindOf(error));
