import type { Printed, TranscriptObservation } from "../../contract/observation.ts";
import type { Entry } from "./entry.ts";
import type { Told } from "./transcript.ts";

/** What an entry says about the state of the turn; `command` is the newest local command. */
export function told(entry: Entry, command: string): TranscriptObservation[] {
  switch (entry.is) {
    case "prompt": {
      const prompted = saidTo(entry.prompt, entry.text);
      return entry.command === null ? [prompted] : [prompted, commanded(entry.command, null)];
    }
    case "absorbed":
      return [{ signal: "transcript", event: "prompted", prompt: null, text: entry.text, absorbed: true }];
    case "notified":
      return entry.absorbed ? [] : [saidTo(entry.prompt, entry.text)];
    case "printed": {
      if (entry.begins) return [saidTo(entry.prompt, command)];
      const printed = { text: entry.text, failed: entry.failed };
      if (isShell(command)) return [commanded(command, printed)];
      return [{ signal: "transcript", event: "printed", command, printed }];
    }
    case "said":
      return entry.calls.map(({ id, name, input }) => ({
        signal: "transcript",
        event: "tool.called",
        id,
        tool: name,
        input,
      }));
    case "returned":
      return entry.results.map(({ id }) => ({ signal: "transcript", event: "tool.returned", id }));
    case "ended":
      return [{ signal: "transcript", event: "turn.ended", background: entry.background }];
    case "interrupted":
      return [{ signal: "transcript", event: "interrupted" }];
    case "failed":
      return [{ signal: "transcript", event: "failed", problem: entry.problem }];
    case "commanded":
      // What a shell line printed says what it was: Claude's to answer, as a prompt is, or no more than that.
      if (isShell(entry.text)) return [];
      return [commanded(entry.command, entry.known ? null : { text: entry.text, failed: true })];
    case "compacted":
      return [{ signal: "transcript", event: "compacted" }];
    default:
      return [];
  }
}

const saidTo = (prompt: string | null, text: string): TranscriptObservation => ({
  signal: "transcript",
  event: "prompted",
  prompt,
  text,
  absorbed: false,
});

const isShell = (command: string) => command.startsWith("!");

const commanded = (command: string, printed: Printed | null): TranscriptObservation => ({
  signal: "transcript",
  event: "commanded",
  command,
  printed,
});

/** A command and what it printed, told as one where they come together, as in Claude Code 2.1.330; else undefined. */
export function withOutput(command: Told, output: Told): Told | undefined {
  if (command.event !== "commanded" || command.printed || output.event !== "printed") return undefined;
  return { ...command, printed: output.printed };
}
