/** Every failure a caller can act on, with the next step to take. */
export const advice = {
  WORKER_UNKNOWN: "Call list_sessions (or claude-team list) to see the workers that exist.",
  WORKER_AMBIGUOUS: "Use the id instead of the name.",
  WORKER_BUSY: "Wait for it, or repeat with force (close) or when_busy (send).",
  WORKER_ASKING: "Answer its request first (answer_session, or the panel).",
  WORKER_STARTING: "Wait until it has started; the panel shows what it waits for.",
  WORKER_GONE: "It has ended. Spawn a new worker; a person can resume it in the panel.",
  WORKER_LIVE: "Close it first.",
  NAME_TAKEN: "Choose another name.",
  CLAUDE_NOT_FOUND: "Install Claude Code (https://code.claude.com), or set CLAUDE_TEAM_CLAUDE to its binary.",
  CLAUDE_REFUSED: "Do what Claude Code says above, and repeat.",
  CLAUDE_EXITED: "Read its last words above, fix the cause, and spawn again.",
  TERMINAL_UNREACHABLE: "Run claude-team doctor: it names what is missing.",
  TERMINAL_GONE: "The terminal was closed. Spawn a new worker.",
  TERMINAL_HIDDEN: "Use the panel's own view of it; a tmux one also opens with claude-team attach and its name.",
  CONVERSATION_UNKNOWN: "Spawn a new worker in its directory.",
  CONVERSATION_OPEN: "End it there first, or fork it.",
  TRANSCRIPT_MISSING: "Claude writes it at the first prompt: send a message first.",
  DIRECTORY_MISSING: "Give the absolute path of a directory that exists.",
  DIRECTORY_OUTSIDE_ROOTS: "Use a project inside the allowed roots, or let a person add the root to settings.json.",
  NOT_ALLOWED: "Ask the person: this needs the panel or settings.json.",
  MESSAGE_EMPTY: "Send some text.",
  MESSAGE_IS_COMMAND:
    'Rephrase it so that it does not begin with it. If it should act, send it to a running worker with as:"command".',
  MESSAGE_ENDS_SESSION: "Use close_session to end a worker.",
  MESSAGE_UNKNOWN: "Use the id that sending it returned.",
  MESSAGE_TYPED: "It was typed already. Interrupt the worker if it should not act on it.",
  DRAFT_PRESENT: "Let a person finish or delete it, in its terminal or in the panel's Terminal view.",
  REQUEST_GONE: "Call get_session_status (or claude-team status) to see what it asks now.",
  REQUEST_AMBIGUOUS: "Several requests are open: name one with request_id.",
  ANSWER_INVALID: "Fix the named part of the answer and call again.",
  ANSWER_IN_TERMINAL: "Answer it in the worker's own terminal.",
  INPUT_INVALID: "Fix the named field and call again.",
  CANCELLED: "The caller gave up; the worker goes on.",
  TIMED_OUT: "It goes on. Ask again later.",
  STOPPING: "claude-team is restarting. Call again in a few seconds.",
  STOPPED_MIDWAY:
    "claude-team is restarting. It may have been carried out: look with list_sessions or get_session_status before you repeat it.",
  SERVER_UNREACHABLE: "Start it with claude-team serve.",
  SERVER_RUNNING: "Stop it with claude-team stop and start again, or choose another folder with --home.",
  SERVER_STUCK: "End that process with kill, and start again.",
  HOME_UNSAFE: "Do what it says, or choose another folder with --home or CLAUDE_TEAM_HOME.",
  PORT_TAKEN: "Stop that program, or choose another port with --port or in settings.json.",
  SETTINGS_BROKEN: "A person corrects settings.json by hand, or moves it aside; then repeat.",
  STORAGE_FAILED: "Free some disk space, or repair the folder's rights, and repeat.",
  INTERNAL: "This is a fault in claude-team; the log has it under this id.",
} as const;
export type ErrorCode = keyof typeof advice;

/** A failure with a code, a fact and a next step. */
export class TeamError extends Error {
  readonly code: ErrorCode;
  /** Facts for a program, such as the open requests; plain JSON. */
  readonly facts: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions & { facts?: Record<string, unknown> }) {
    super(message, options);
    this.name = "TeamError";
    this.code = code;
    this.facts = options?.facts ?? {};
  }

  get advice(): string {
    return advice[this.code];
  }
}

/** `CODE: fact. Next step.`, the one way an error is written for people and models. */
export function describe(error: { code: ErrorCode; message: string }): string {
  const fact = /[.!?…]$/.test(error.message) ? error.message : `${error.message}.`;
  return `${error.code}: ${fact} ${advice[error.code]}`;
}

/**
 * What a door may tell its caller. A TeamError stays; an abort becomes CANCELLED or TIMED_OUT; anything else is our own bug:
 * `report` is told once with a short id, and the caller gets INTERNAL with that id.
 */
export function toTeamError(cause: unknown, report: (id: string, cause: unknown) => void): TeamError {
  if (cause instanceof TeamError) return cause;
  const name = cause instanceof Error ? cause.name : "";
  if (name === "AbortError") return new TeamError("CANCELLED", "the call was cancelled", { cause });
  if (name === "TimeoutError") return new TeamError("TIMED_OUT", "the time given for waiting is over", { cause });
  const id = Math.random().toString(36).slice(2, 10);
  report(id, cause);
  return new TeamError("INTERNAL", `unexpected failure ${id}`, { cause, facts: { id } });
}
