import { TeamError } from "../../contract/error.ts";

export function unreachable(fact: string, cause?: unknown): TeamError {
  return new TeamError("TERMINAL_UNREACHABLE", fact, { cause });
}

export function terminalGone(cause?: unknown): TeamError {
  return new TeamError("TERMINAL_GONE", "the terminal's command has ended", { cause });
}
