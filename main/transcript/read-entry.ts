import { type Entry, type Line, nothing } from "./entry.ts";
import { count, type Loose, record, text } from "./loose.ts";
import { readAssistant } from "./read-assistant.ts";
import { readAttachment, readUser } from "./read-user.ts";
import { printedBy, slashCommand } from "./tagged.ts";

/** Reads one line, loosely: torn, damaged, unknown and sidechain lines (a subagent's) are `other`; it never throws. */
export function readEntry(bytes: Buffer): Entry {
  const raw = record(parse(bytes));
  if (raw.isSidechain === true) return nothing;
  const line = {
    at: Date.parse(text(raw.timestamp) ?? "") || 0,
    uuid: text(raw.uuid) ?? "",
    parent: text(raw.parentUuid),
    branch: branchOf(text(raw.gitBranch)),
  };
  switch (raw.type) {
    case "user":
      return readUser(raw, line);
    case "assistant":
      return readAssistant(raw, line);
    case "system":
      return readSystem(raw, line);
    case "attachment":
      return readAttachment(raw, line);
    default:
      return nothing;
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    // A line cut by a crash, or no JSON at all: it says nothing.
    return undefined;
  }
}

function readSystem(raw: Loose, line: Line): Entry {
  const words = text(raw.content) ?? "";
  switch (raw.subtype) {
    case "turn_duration":
      return { ...line, is: "ended", background: count(raw.pendingBackgroundAgentCount) };
    case "compact_boundary":
      return { ...line, is: "compacted", text: words };
    case "informational":
      return readInformation(line, words);
    case "local_command": {
      const slash = slashCommand(words);
      if (slash) return { ...line, is: "commanded", ...slash, known: true };
      // Claude Code 2.1.330 says it with a compaction that the API refused.
      const failed = record(raw.commandOutcome).kind === "failed";
      return { ...line, is: "printed", text: printedBy(words) ?? words, failed, begins: false, prompt: null };
    }
    default:
      return { ...line, is: "other" };
  }
}

function readInformation(line: Line, words: string): Entry {
  const unknown = /^Unknown command: (\/\S+)/.exec(words)?.[1];
  if (unknown) return { ...line, is: "commanded", command: unknown, text: words, known: false };
  return words === "" ? { ...line, is: "other" } : { ...line, is: "noted", text: words };
}

/** Outside a repository, and on a detached head, Claude Code writes `HEAD` (2.1.330): no branch. */
function branchOf(name: string | null): string | null {
  return name && name !== "HEAD" ? name : null;
}
