import type {
  HookObservation,
  LiveObservation,
  Observation,
  TranscriptObservation,
} from "../../contract/observation.ts";
import type { Problem } from "../../contract/worker.ts";
import { type Asked, closeAnswered, closeShown, type OpenTool, opened, shown } from "./asked.ts";

type Live = Extract<LiveObservation, { status: "idle" | "busy" | "waiting" }> & { at: number };
type Screen = Extract<Observation, { signal: "screen" }>;

/** The newest word of every signal about one worker: all that a judgement needs, and nothing more. Times are ms since the epoch. */
export interface Evidence {
  readonly exited: { readonly reason: string; readonly lastWords: string; readonly at: number } | null;
  readonly live: Live | null;
  /** When the live status file went away after it had been there. */
  readonly liveGone: number | null;
  readonly hooks: {
    readonly heard: number | null;
    readonly submitted: number | null;
    readonly stopped: number | null;
    /** Claude's last words in its newest Stop, for the case that the transcript lags. */
    readonly lastText: string | null;
    /** Background tasks that the newest end of a turn counted; none when it failed, which counts nothing. */
    readonly background: number;
    /** Prompts submitted since the worker was last idle; a queued one is submitted long before it stands in the transcript. */
    readonly submits: number;
  };
  readonly transcript: {
    readonly prompted: number | null;
    readonly ended: number | null;
    readonly background: number;
    /** Prompts recorded since the worker was last idle. */
    readonly prompts: number;
    readonly tools: readonly OpenTool[];
  };
  /** Why its terminal cannot be reached; null when it can. */
  readonly away: { readonly why: string; readonly at: number } | null;
  readonly screen: Screen | null;
  readonly asked: readonly Asked[];
  /** When a rule answered a request, or the tool of an open one returned: live status may say `waiting` for a while after it. */
  readonly answered: number | null;
  readonly problem: Problem | null;
  readonly conversation: string | null;
}

export const noEvidence: Evidence = {
  exited: null,
  live: null,
  liveGone: null,
  hooks: { heard: null, submitted: null, stopped: null, lastText: null, background: 0, submits: 0 },
  transcript: { prompted: null, ended: null, background: 0, prompts: 0, tools: [] },
  away: null,
  screen: null,
  asked: [],
  answered: null,
  problem: null,
  conversation: null,
};

/** Pure: takes one observation in. Observations may come late, twice or out of order between signals. */
export function note(evidence: Evidence, observation: Observation): Evidence {
  switch (observation.signal) {
    case "process": {
      const { reason, lastWords } = observation.exited;
      return { ...evidence, exited: { reason, lastWords, at: observation.at }, asked: [] };
    }
    case "terminal":
      return { ...evidence, away: observation.away === null ? null : { why: observation.away, at: observation.at } };
    case "live":
      return noteLive(evidence, observation);
    case "hook":
      return noteHook(evidence, observation);
    case "transcript":
      return noteTranscript(evidence, observation);
    case "screen":
      return noteScreen(evidence, observation);
  }
}

function noteLive(evidence: Evidence, live: LiveObservation & { at: number }): Evidence {
  if (live.status === "gone") return { ...evidence, live: null, liveGone: live.at };
  const seen = {
    ...(wakes(evidence, live) ? recounted(evidence) : evidence),
    live,
    liveGone: null,
    conversation: live.conversation,
  };
  if (live.status !== "waiting") return { ...seen, asked: closeShown(evidence.asked, live.at) };
  return { ...seen, asked: shown(evidence.asked) };
}

/** It was idle for longer than between two turns, and works again. */
const wakes = ({ live: last }: Evidence, live: Live) =>
  last?.status === "idle" && live.status === "busy" && live.at - last.at > 150;

function recounted(evidence: Evidence): Evidence {
  const { hooks, transcript } = evidence;
  return { ...evidence, hooks: { ...hooks, submits: 0 }, transcript: { ...transcript, prompts: 0 } };
}

function noteHook(evidence: Evidence, hook: HookObservation & { at: number }): Evidence {
  const heard = { ...evidence, hooks: { ...evidence.hooks, heard: hook.at } };
  switch (hook.event) {
    case "SessionStart":
      return { ...heard, conversation: hook.conversation };
    case "UserPromptSubmit":
      return {
        ...heard,
        problem: null,
        hooks: { ...heard.hooks, submitted: hook.at, submits: heard.hooks.submits + 1 },
      };
    case "Stop":
      return {
        ...heard,
        asked: closeShown(evidence.asked, hook.at),
        hooks: { ...heard.hooks, stopped: hook.at, lastText: hook.lastText, background: hook.background },
      };
    case "StopFailure":
      // It counts no background tasks (Claude Code 2.1.330), and those of the Stop before may be what came back and failed.
      return {
        ...heard,
        problem: hook.problem,
        hooks: { ...heard.hooks, stopped: hook.at, lastText: null, background: 0 },
      };
    case "PermissionRequest":
      return { ...heard, asked: opened(evidence.asked, hook.ask, hook.at, evidence.live?.status === "waiting") };
    case "PermissionRequest.ended":
      return { ...heard, asked: evidence.asked.map((a) => (a.id === hook.request ? { ...a, held: false } : a)) };
    case "SubagentStop":
      return { ...heard, asked: evidence.asked.filter((a) => a.agent === null || a.agent !== hook.agent) };
    case "SessionEnd":
    case "Notification":
      return heard;
  }
}

function noteTranscript(evidence: Evidence, told: TranscriptObservation & { at: number }): Evidence {
  const transcript = evidence.transcript;
  const ended = { ...transcript, ended: told.at, tools: [], background: 0 };
  switch (told.event) {
    case "prompted": {
      const counted = { ...transcript, prompts: transcript.prompts + 1 };
      if (told.absorbed) return { ...evidence, transcript: counted };
      // A turn that failed at once: its StopFailure may be heard before its first line is read.
      const problem = evidence.problem && evidence.problem.at >= told.at ? evidence.problem : null;
      return { ...evidence, problem, transcript: { ...counted, prompted: told.at, background: 0 } };
    }
    case "tool.called":
      return { ...evidence, transcript: { ...transcript, tools: [...transcript.tools, openTool(told)] } };
    case "tool.returned": {
      const tool = transcript.tools.find((t) => t.id === told.id);
      const tools = transcript.tools.filter((t) => t.id !== told.id);
      const asked = closeAnswered(evidence.asked, tool);
      const answered = asked === evidence.asked ? evidence.answered : told.at;
      return { ...evidence, transcript: { ...transcript, tools }, asked, answered };
    }
    case "turn.ended":
      return { ...evidence, transcript: { ...ended, background: told.background } };
    case "interrupted":
      return { ...evidence, transcript: ended, problem: interruption(told.at) };
    case "failed":
      return { ...evidence, transcript: ended, problem: told.problem };
    case "commanded":
    case "printed":
    case "compacted":
      return evidence;
  }
}

function noteScreen(evidence: Evidence, screen: Screen): Evidence {
  // A dialog that stays keeps the time it was first seen: its request id is made of it.
  const same = evidence.screen?.dialog?.dialog === screen.dialog?.dialog && evidence.screen?.asking === screen.asking;
  const at = same ? (evidence.screen?.at ?? screen.at) : screen.at;
  return { ...evidence, screen: { ...screen, at } };
}

function openTool(told: Extract<TranscriptObservation, { event: "tool.called" }> & { at: number }): OpenTool {
  return { id: told.id, tool: told.tool, input: told.input, at: told.at };
}

function interruption(at: number): Problem {
  return { is: "interrupted", text: "Interrupted before it was done.", at };
}
