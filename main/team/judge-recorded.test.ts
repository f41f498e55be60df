import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Observation } from "../../contract/observation.ts";
import type { Phase } from "../../contract/worker.ts";
import { describeTool } from "../claude/ask.ts";
import { matches } from "../claude/matches.ts";
import { observe, parsePayload } from "../claude/payload.ts";
import { readEntry } from "../transcript/read-entry.ts";
import { createTurns } from "../transcript/turns.ts";
import { type Evidence, noEvidence, note } from "./evidence.ts";
import { judge } from "./judge.ts";

const scenes = resolve(import.meta.dirname, "../../e2e/data/scenes");
const linesOf = (path: string) => readFileSync(path, "utf8").split("\n").filter(Boolean);

/** Everything that was recorded of one run of the real Claude Code, as observations in the order of their arrival. */
function recorded(scene: string): Observation[] {
  const hooks = hookObservations(scene);
  const first = hooks.find((h) => h.signal === "hook" && h.event === "UserPromptSubmit")?.at ?? 0;
  return [...hooks, ...liveObservations(scene), ...transcriptObservations(scene, first)].sort((a, b) => a.at - b.at);
}

function hookObservations(scene: string): Observation[] {
  let requests = 0;
  return linesOf(join(scenes, scene, "hooks.jsonl")).flatMap((line): Observation[] => {
    const { t, body } = JSON.parse(line) as { t: number; body: unknown };
    const payload = parsePayload(body);
    if (!payload) return [];
    if (payload.hook_event_name !== "PermissionRequest") return [observe(payload, t) ?? []].flat();
    const {
      session_id: conversation,
      transcript_path: transcript,
      tool_name: tool = "",
      tool_input: input,
      agent_id: agent,
    } = payload;
    const ask = { ...describeTool(tool ?? "", input), request: `r${++requests}`, tool: tool ?? "", input, agent };
    return [{ at: t, signal: "hook", conversation, transcript, event: "PermissionRequest", ask }];
  });
}

function liveObservations(scene: string): Observation[] {
  return linesOf(join(scenes, scene, "events.txt")).flatMap((line): Observation[] => {
    const [, t = "", status = "", waitingFor] =
      /^\s*(\d+) STATUS\s+(idle|busy|waiting)(?:\/(.+?))?(?: updLag.*)?$/.exec(line) ?? [];
    if (status !== "idle" && status !== "busy" && status !== "waiting") return [];
    const rest = { conversation: "c", pid: 1, name: null, version: "2.1.330" };
    return [{ at: Number(t), signal: "live", status, waitingFor: waitingFor ?? null, ...rest }];
  });
}

/** Lines reach the file 60–300 ms after the moment that they carry; the first prompt ties the two clocks together. */
function transcriptObservations(scene: string, firstPrompt: number): Observation[] {
  const lagMs = 80;
  const files = readdirSync(join(scenes, scene)).filter((f) => /^[0-9a-f-]{36}\.jsonl$/.test(f));
  const told = files.flatMap((file) => {
    const turns = createTurns();
    return linesOf(join(scenes, scene, file)).flatMap((line) => turns.add(readEntry(Buffer.from(line))));
  });
  const start = Math.min(...told.filter((o) => o.event === "prompted").map((o) => o.at));
  return told.map((o) => ({ ...o, at: o.at - start + firstPrompt + lagMs })).sort((a, b) => a.at - b.at);
}

const claude = {
  describe: (tool: string, input: unknown) => ({ title: tool, detail: JSON.stringify(input) }),
  matches,
};

/** Plays observations against a clock and gives the phases that were shown, each once. */
function play(observations: readonly Observation[]): string[] {
  let evidence: Evidence = noEvidence;
  let phase: Phase = { is: "starting" };
  let again: number | null = null;
  const shown: string[] = [];
  const look = (now: number) => {
    const judged = judge(evidence, now, phase, claude);
    [phase, again] = [judged.phase, judged.again];
    const word = phase.is === "asking" ? `asking ${phase.requests.map(gist).join("+")}` : phase.is;
    if (shown.at(-1) !== word) shown.push(word);
  };
  const until = (time: number) => {
    while (again !== null && again <= time) look(again);
  };
  for (const observation of observations) {
    until(observation.at - 1);
    evidence = note(evidence, observation);
    look(observation.at);
  }
  until(Number.POSITIVE_INFINITY);
  return shown;
}

function gist(request: Extract<Phase, { is: "asking" }>["requests"][number]): string {
  if (request.kind === "permission") return request.agent ? `${request.tool}(agent)` : request.tool;
  return request.kind === "question" ? "question" : "?";
}

const without = (signal: Observation["signal"], all: readonly Observation[]) => all.filter((o) => o.signal !== signal);
const late = (ms: number, signal: Observation["signal"], all: readonly Observation[]) =>
  all.map((o) => (o.signal === signal ? { ...o, at: o.at + ms } : o)).sort((a, b) => a.at - b.at);

describe("what was recorded is judged as it was", () => {
  test.each(readdirSync(scenes))("%s", (scene) => {
    expect(play(recorded(scene)).join(" → ")).toMatchSnapshot();
  });
});

describe("whatever signal is missing or late", () => {
  const names = readdirSync(scenes);

  test.each(names)(
    "%s ends idle without hooks, without live status, without the transcript, and with each of them late",
    (scene) => {
      const all = recorded(scene);
      const ends = {
        complete: play(all).at(-1),
        "without hooks": play(without("hook", all)).at(-1),
        "without the transcript": play(without("transcript", all)).at(-1),
        "hooks 300 ms late": play(late(300, "hook", all)).at(-1),
        "transcript 900 ms late": play(late(900, "transcript", all)).at(-1),
        "live status 300 ms late": play(late(300, "live", all)).at(-1),
      };
      expect(new Set(Object.values(ends))).toEqual(new Set(["idle"]));
    },
  );

  /** Esc before the first word leaves no hook and no line; only live status tells that it ended. */
  const untold = ["input-box", "interrupts", "slash-commands"];

  test.each(names.filter((n) => !untold.includes(n)))("%s ends idle without live status", (scene) => {
    expect(play(without("live", recorded(scene))).at(-1)).toBe("idle");
  });

  test.each(names)("%s is never called idle while a permission is held, not even without live status", (scene) => {
    const asked = play(recorded(scene)).filter((phase) => phase.includes("Bash") || phase.includes("question"));
    const unseen = play(without("live", recorded(scene)));
    expect(asked.every((phase) => unseen.includes(phase))).toBe(true);
  });
});
