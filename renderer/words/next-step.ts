import type { ErrorCode, TeamError } from "../../contract/error.ts";

/** Where the general advice speaks to an agent or to the command line, what a person in the panel does instead. */
const here: Partial<Record<ErrorCode, string>> = {
  WORKER_UNKNOWN: "It may have been taken off the list meanwhile.",
  NOT_ALLOWED: "The settings say so: change them first.",
  DIRECTORY_OUTSIDE_ROOTS: "Choose another folder, or add this one to those that managers may use, in the settings.",
  INPUT_INVALID: "Correct it, and try again.",
  WORKER_BUSY: "Wait for it, or interrupt it first.",
  WORKER_ASKING: "Answer its request first.",
  WORKER_STARTING: "Wait until it has started; its Terminal view shows what it waits for.",
  WORKER_GONE: "It has ended. Resume goes on with its conversation.",
  MESSAGE_IS_COMMAND:
    "Rephrase it. If it should act, tick “Run it as a command of Claude Code” where you write to a running worker.",
  MESSAGE_ENDS_SESSION: "Use Close to end a worker.",
  DRAFT_PRESENT: "Finish or delete what stands in its input box, in the Terminal view.",
  TERMINAL_UNREACHABLE: "It goes on there; what is missing stands in Settings, under Setup.",
  TERMINAL_HIDDEN: "Look at it in the Terminal view.",
  TRANSCRIPT_MISSING: "The file may have been moved or deleted.",
  REQUEST_GONE: "It was answered elsewhere, or Claude went on without it.",
  REQUEST_AMBIGUOUS: "Answer them one by one.",
  ANSWER_INVALID: "Correct the answer, and send it again.",
  ANSWER_IN_TERMINAL: "Answer it in the Terminal view.",
  STOPPING: "claude-team is restarting. Try again in a few seconds.",
  STOPPED_MIDWAY:
    "claude-team is restarting. It may have been carried out: look at its conversation before you repeat it.",
  SETTINGS_BROKEN: "Correct the file by hand; it counts at once.",
  SERVER_UNREACHABLE: "The panel connects again by itself as soon as claude-team runs.",
};

/** What went wrong, as a sentence; of a value that does not fit, without the marks for programs. */
export function factOf({ code, message }: Pick<TeamError, "code" | "message">): string {
  const fact = code === "INPUT_INVALID" ? message.replaceAll(/✖ /g, "").replaceAll(/\s*→ at [\w.[\]]+/g, "") : message;
  return /[.!?…]$/.test(fact) ? fact : `${fact}.`;
}

/** What to do about a failure, in the panel's words. */
export const nextStep = (failure: TeamError): string => here[failure.code] ?? failure.advice;
