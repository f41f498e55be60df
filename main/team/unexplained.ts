import type { Request } from "../../contract/request.ts";
import type { OpenTool } from "./asked.ts";
import type { Evidence } from "./evidence.ts";
import type { Describe, Matches } from "./ports.ts";

/** What is known of Claude Code's dialogs. */
export interface Dialogs {
  readonly describe: Describe;
  readonly matches: Matches;
}

/** Claude waits and no hook told what for: the unfinished tool call that its dialog shows, else the words on the screen. */
export function unexplained({ live, transcript, screen }: Evidence, claude: Dialogs): Request {
  const at = live?.at ?? 0;
  const common = { id: `waiting-${at}`, at, proposal: null };
  const words = screen?.asking ?? null;
  const isPermission = live?.waitingFor === "permission prompt";
  const asked = (tool: OpenTool): Request => ({
    ...{ ...common, via: words === null ? "terminal" : "key", kind: "permission", tool: tool.tool, agent: null },
    ...claude.describe(tool.tool, tool.input),
  });
  const request = isPermission ? theOne(transcript.tools.map(asked), words, claude.matches) : undefined;
  const detail =
    words ?? screen?.dialog?.detail ?? `Claude Code waits: ${live?.waitingFor ?? "it does not say for what"}.`;
  return request ?? { ...common, via: "terminal", kind: "dialog", dialog: screen?.dialog?.dialog ?? "unknown", detail };
}

/** Of several, only what the screen shows is known to be asked: another may be running, or wait its turn. */
function theOne(requests: readonly Request[], asking: string | null, matches: Matches): Request | undefined {
  if (requests.length < 2 || asking === null) return requests.length < 2 ? requests[0] : undefined;
  return requests.find((request) => matches({ dialog: null, asking: { text: asking } }, request));
}
