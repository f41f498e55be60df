import type { Settings } from "../../contract/settings.ts";
import type { Fact } from "../journal/fact.ts";
import type { Terminals } from "../terminal/terminal.ts";
import type { OpenTranscript } from "../transcript/transcript.ts";
import type { Clock } from "./clock.ts";
import type { ClaudeCode, Matches } from "./ports.ts";
import type { Premises } from "./premises.ts";
import type { TeamStore } from "./store.ts";
import type { Timeline } from "./timeline.ts";

/** All that the core touches of the world; house.ts builds it. */
export interface TeamDeps {
  readonly store: TeamStore;
  readonly host: Terminals;
  readonly claude: ClaudeCode;
  readonly matches: Matches;
  readonly openTranscript: OpenTranscript;
  readonly clock: Clock;
  readonly timeline: Timeline;
  readonly premises: Premises;
  /** As they count now: a person may change them at any time. */
  settings(): Settings;
  /** The real path of a directory; throws DIRECTORY_MISSING. */
  directory(path: string): Promise<string>;
  newConversation(): string;
  /** Writes a fact of ours down; a failure is told to `flush`'s caller. */
  remember(fact: Fact): void;
  /** Resolves when everything remembered so far is on disk; rejects when it cannot be written. */
  flush(): Promise<void>;
  /** Something failed where nobody waits for it; where, and the cause. */
  report(where: string, cause: unknown): void;
}
