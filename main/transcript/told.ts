import type { TranscriptObservation } from "../../contract/observation.ts";
import type { Entry } from "./entry.ts";

/** What an entry says about the state of the turn; `command` is the newest local command. */
export function told(entry: Entry, command: string): TranscriptObservation[] {
  switch (entry.is) {
    case "prompt": {
      const prompted = saidTo(entry.prompt, entry.text);
      return entry.command === null ? [prompted] : [prompted, commanded(entry.command, true)];
    }
    case "absorbed":
      return [{ signal: "transcript", event: "prompted", prompt: null, text: entry.text, absorbed: true }];
    case "notified":
      return entry.absorbed ? [] : [saidTo(entry.prompt, entry.text)];
    case "printed":
      return entry.begins ? [saidTo(entry.prompt, command)] : [];
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
      return [commanded(entry.command, entry.known)];
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

const commanded = (command: string, known: boolean): TranscriptObservation => ({
  signal: "transcript",
  event: "commanded",
  command,
  known,
});
