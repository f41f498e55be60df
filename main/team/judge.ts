import type { Request } from "../../contract/request.ts";
import type { Phase, Reason } from "../../contract/worker.ts";
import { toRequest } from "./asked.ts";
import type { Evidence } from "./evidence.ts";
import { type Dialogs, unexplained } from "./unexplained.ts";

export interface Judgement {
  readonly phase: Phase;
  readonly why: Reason[];
  /** When to judge again although nothing new was observed; null: not before the next observation. */
  readonly again: number | null;
}

/** Between two turns (queued input, a background agent's notice) live status is idle for up to 30 ms. */
export const idleSettleMs = 150;
/** How long after live status fell to idle the transcript may still lack the turn's closing line. */
export const closingLineMs = 1000;
/** A prompt can be seen before live status turns busy; for so long an older idle is no contradiction. */
const overtakenMs = 1500;
/** How long live status may still say `waiting` after an answer; usually 0.1 s, on a busy machine more than half a second. */
export const answeredMs = 5000;
/** Hook and live status of one request come within 30 ms of each other, and on a machine full of workers within a second; after this a wait is taken as unexplained. */
export const unexplainedMs = 1500;

type Verdict = { is: Phase; by: Reason["signal"]; again?: number };

/**
 * What a worker is doing, and why: pure. The most reliable signal that speaks decides; the others are kept as reasons that
 * agree or were overruled. `last` is the phase judged before: it stays while a fall to idle is not certain.
 */
export function judge(evidence: Evidence, now: number, last: Phase, claude: Dialogs): Judgement {
  const verdict =
    byProcess(evidence) ??
    byRequests(evidence, now, last, claude) ??
    byLive(evidence, now, last) ??
    withoutLive(evidence);
  return { phase: verdict.is, why: reasons(evidence, verdict), again: verdict.again ?? null };
}

function byProcess({ exited }: Evidence): Verdict | undefined {
  return exited ? { is: { is: "gone", reason: exited.reason }, by: "process" } : undefined;
}

function byRequests(evidence: Evidence, now: number, last: Phase, claude: Dialogs): Verdict | undefined {
  const { live, screen, asked, answered } = evidence;
  // A request that waits in our hook is open, whatever else is said; one without a call is open only while Claude waits.
  const open = asked.filter((a) => a.held || a.agent !== null || live?.status === "waiting" || !live).map(toRequest);
  if (isNonEmpty(open)) return { is: { is: "asking", requests: open }, by: "hook" };
  if (live?.status === "waiting") {
    const settled = Math.max(live.at + unexplainedMs, answered === null ? 0 : answered + answeredMs);
    if (now < settled)
      return { is: last.is === "starting" ? { is: "starting" } : { is: "working" }, by: "live", again: settled };
    return { is: { is: "asking", requests: [unexplained(evidence, claude)] }, by: "live" };
  }
  if (!live && screen?.dialog)
    return { is: { is: "asking", requests: [fromScreen(screen, screen.dialog)] }, by: "screen" };
  return undefined;
}

function byLive({ live, transcript, hooks }: Evidence, now: number, last: Phase): Verdict | undefined {
  if (!live) return undefined;
  if (live.status === "busy") return { is: { is: "working" }, by: "live" };
  const { begun, open } = turn(transcript, hooks);
  if (open && begun > live.at && now < begun + overtakenMs) {
    return { is: { is: "working" }, by: "hook", again: begun + overtakenMs };
  }
  if (last.is === "idle") return { is: { is: "idle" }, by: "live" };
  // Stop may be heard before the transcript shows anything of the turn: then its answer is not there to be read yet.
  const lacks = open || newer(hooks.submitted, transcript.ended);
  const certain = closed(transcript, hooks) ? live.at : live.at + (lacks ? closingLineMs : idleSettleMs);
  const first = last.is === "starting" || (last.is === "asking" && begun === 0);
  if (now >= certain || first) return { is: { is: "idle" }, by: "live" };
  return { is: { is: "working" }, by: "live", again: certain };
}

/** Claude Code without a live status file: hooks first, then the transcript, then the screen. */
function withoutLive({ hooks, transcript, screen }: Evidence): Verdict {
  const by = hooks.submitted !== null || hooks.stopped !== null ? "hook" : "transcript";
  if (turn(transcript, hooks).open) return { is: { is: "working" }, by };
  if (hooks.background > 0 && newer(hooks.stopped, transcript.prompted)) return { is: { is: "working" }, by: "hook" };
  if (hooks.stopped !== null || transcript.ended !== null) return { is: { is: "idle" }, by };
  if (screen?.box) return { is: { is: "idle" }, by: "screen" };
  return { is: { is: "starting" }, by: "process" };
}

/** When the newest prompt was taken, and whether neither Stop nor a closing line has followed it. */
function turn(transcript: Evidence["transcript"], hooks: Evidence["hooks"]): { begun: number; open: boolean } {
  const begun = Math.max(transcript.prompted ?? 0, hooks.submitted ?? 0);
  const over = Math.max(transcript.ended ?? 0, hooks.stopped ?? 0);
  return { begun, open: begun > over || newer(transcript.prompted, transcript.ended) };
}

/** Everything says that the turn is over, and no prompt waits in Claude's own queue. */
function closed(transcript: Evidence["transcript"], hooks: Evidence["hooks"]): boolean {
  const over = !turn(transcript, hooks).open && transcript.ended !== null && newer(hooks.stopped, hooks.submitted);
  return over && hooks.background === 0 && transcript.background === 0 && hooks.submits <= transcript.prompts;
}

const newer = (a: number | null, b: number | null) => (a ?? 0) > (b ?? 0);

function fromScreen(
  screen: NonNullable<Evidence["screen"]>,
  dialog: NonNullable<NonNullable<Evidence["screen"]>["dialog"]>,
): Request {
  const via = dialog.dialog === "unknown" ? ("terminal" as const) : ("key" as const);
  return { id: `${dialog.dialog}-${screen.at}`, at: screen.at, via, proposal: null, kind: "dialog", ...dialog };
}

function reasons(evidence: Evidence, verdict: Verdict): Reason[] {
  const said = [
    sayProcess(evidence),
    sayLive(evidence),
    sayHook(evidence),
    sayTranscript(evidence),
    sayScreen(evidence),
    sayTerminal(evidence, verdict.is.is),
  ];
  return said.flatMap((s) =>
    s ? [{ ...s.reason, agrees: s.reason.signal === verdict.by || s.means === verdict.is.is }] : [],
  );
}

type Said = { reason: Omit<Reason, "agrees">; means: Phase["is"] } | undefined;

function sayProcess({ exited }: Evidence): Said {
  return exited ? { reason: { signal: "process", says: exited.reason, at: exited.at }, means: "gone" } : undefined;
}

/** It says nothing about the phase, but why screen and keys are missing. */
function sayTerminal({ away }: Evidence, means: Phase["is"]): Said {
  return away
    ? { reason: { signal: "terminal", says: `cannot be reached: ${away.why}`, at: away.at }, means }
    : undefined;
}

function sayLive({ live, liveGone }: Evidence): Said {
  if (!live)
    return liveGone === null
      ? undefined
      : { reason: { signal: "live", says: "its status file is gone", at: liveGone }, means: "gone" };
  const means = { idle: "idle", busy: "working", waiting: "asking" } as const;
  const says = live.waitingFor ? `${live.status}: ${live.waitingFor}` : live.status;
  return { reason: { signal: "live", says, at: live.at }, means: means[live.status] };
}

function sayHook({ hooks, asked }: Evidence): Said {
  const request = asked.at(-1);
  if (request)
    return { reason: { signal: "hook", says: `asks about ${request.ask.tool}`, at: request.at }, means: "asking" };
  if (newer(hooks.submitted, hooks.stopped))
    return { reason: { signal: "hook", says: "a prompt was submitted", at: hooks.submitted }, means: "working" };
  if (hooks.stopped === null) return undefined;
  const background = hooks.background > 0;
  const says = background ? `stopped with ${hooks.background} in the background` : "stopped";
  return { reason: { signal: "hook", says, at: hooks.stopped }, means: background ? "working" : "idle" };
}

function sayTranscript({ transcript }: Evidence): Said {
  const tool = transcript.tools.at(-1);
  if (tool)
    return { reason: { signal: "transcript", says: `${tool.tool} has not returned`, at: tool.at }, means: "working" };
  if (newer(transcript.prompted, transcript.ended))
    return { reason: { signal: "transcript", says: "a turn is open", at: transcript.prompted }, means: "working" };
  if (transcript.ended === null) return undefined;
  return { reason: { signal: "transcript", says: "the turn is closed", at: transcript.ended }, means: "idle" };
}

function sayScreen({ screen }: Evidence): Said {
  if (!screen) return undefined;
  if (screen.dialog)
    return {
      reason: { signal: "screen", says: `shows the ${screen.dialog.dialog} dialog`, at: screen.at },
      means: "asking",
    };
  if (screen.retrying) return { reason: { signal: "screen", says: screen.retrying, at: screen.at }, means: "working" };
  return screen.box
    ? { reason: { signal: "screen", says: "shows its input box", at: screen.at }, means: "idle" }
    : undefined;
}

function isNonEmpty(requests: Request[]): requests is [Request, ...Request[]] {
  return requests.length > 0;
}
