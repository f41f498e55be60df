import type { Question } from "./link.ts";

/** What we leave in a session of ours, as its user variable. It outlives us, and iTerm2's own restarts where it restores windows. */
export interface Mark {
  /** The worker's id. */
  readonly worker: string;
  readonly name: string;
  /** The session it was made for: a copy in another one is none of ours. */
  readonly session: string;
  /** The wrapper's process. */
  readonly pid: number;
  /** The session's process when it was marked: after a restart of iTerm2 another one may run in it. Null when it was not known. */
  readonly root: number | null;
  /** Of the wrapper's report. */
  readonly key: string;
  /** The home it belongs to; several may have workers in one iTerm2. */
  readonly home: string;
}

export const markVariable = "user.claudeTeam";

/** Sets it. As a text: iTerm2 keeps texts whole where it keeps variables. */
export const markQuestion = (mark: Mark): Question<"variable"> => ({
  scope: { case: "sessionId", value: mark.session },
  set: [{ name: markVariable, value: JSON.stringify(JSON.stringify(mark)) }],
});

const texts = ["worker", "name", "session", "key", "home"] as const;

/** The mark in a variable's value; undefined unless it is one of this home, for this session and its process `root`. */
export function readMark(value: unknown, its: { session: string; home: string; root: unknown }): Mark | undefined {
  const mark = asObject(typeof value === "string" ? parse(value) : value);
  if (texts.some((name) => typeof mark[name] !== "string") || !isProcess(mark.pid)) return undefined;
  const isOurs = mark.session === its.session && mark.home === its.home;
  const isSame = mark.root === null || mark.root === its.root;
  return isOurs && isSame ? (mark as unknown as Mark) : undefined;
}

/** What runs in a session can write its variables: a number from there that meant a whole group would be ended as one. */
const isProcess = (pid: unknown): boolean => Number.isSafeInteger(pid) && Number(pid) > 1;

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? { ...value } : {};

/** The JSON in a text; undefined where there is none. */
export function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
