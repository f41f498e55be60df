import { advice, type ErrorCode } from "../../contract/error.ts";

/** Where the general advice speaks to an agent or to the panel, what a person at the command line does instead. */
const here: Partial<Record<ErrorCode, string>> = {
  WORKER_UNKNOWN: "claude-team list --all shows the workers there are.",
  WORKER_BUSY: "Wait for it, stop it with claude-team interrupt WORKER, or close it with --force.",
  WORKER_ASKING: "Answer its request first: claude-team status WORKER shows it; or close it with --force.",
  WORKER_STARTING: "Wait until it has started; claude-team status WORKER shows what it waits for.",
  WORKER_GONE: "claude-team resume WORKER goes on with it; claude-team spawn starts a new one.",
  WORKER_LIVE: "Close it first: claude-team close WORKER.",
  NOT_ALLOWED: "settings.json says so: change it there, or in the panel.",
  DIRECTORY_MISSING: "Name a directory that exists.",
  DIRECTORY_OUTSIDE_ROOTS: "Choose another directory, or add its root to allowedRoots in settings.json.",
  MESSAGE_IS_COMMAND:
    "Rephrase it so that it does not begin with it. If it should act: claude-team send --command WORKER, once it runs.",
  MESSAGE_ENDS_SESSION: "claude-team close WORKER ends it.",
  MESSAGE_TYPED: "It was typed already: claude-team interrupt WORKER stops what it does with it.",
  DRAFT_PRESENT: "Finish or delete it, in the worker's own terminal or in the panel's Terminal view.",
  REQUEST_GONE: "claude-team status WORKER shows what it asks now.",
  REQUEST_AMBIGUOUS: "Several requests are open: name one with --request.",
  ANSWER_INVALID: "Answer a question with --choose, everything else with allow or deny.",
  ANSWER_IN_TERMINAL: "Answer it in the worker's own terminal: claude-team attach WORKER, or the panel.",
  INPUT_INVALID: "Correct it, and try again.",
  STOPPING: "claude-team is restarting. Try again in a few seconds.",
  STOPPED_MIDWAY:
    "claude-team is stopping. It may have been carried out: look with claude-team list or status before you repeat it.",
  PORT_TAKEN: "Stop that program, or set another port in settings.json; claude-team serve takes one with --port, too.",
  SETTINGS_BROKEN: "Correct the file by hand; it counts at once.",
};

/** What to do about a failure, in the words of the command line. */
export const nextStep = (code: ErrorCode): string => here[code] ?? advice[code];

/** `CODE: fact. Next step.`, for a person at the command line; without the marks that a program's list of faults bears. */
export function describe({ code, message }: { readonly code: ErrorCode; readonly message: string }): string {
  const fact =
    code === "INPUT_INVALID" ? message.replaceAll(/✖ /g, "").replaceAll(/\s*→ at ([\w.[\]]+)/g, " ($1)") : message;
  return `${code}: ${/[.!?…]$/.test(fact) ? fact : `${fact}.`} ${nextStep(code)}`;
}
