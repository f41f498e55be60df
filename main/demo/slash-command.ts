import { randomUUID } from "node:crypto";
import { type Desk, fire } from "./desk.ts";
import {
  commandLines,
  commandOutputLine,
  compactBoundaryLine,
  compactedLine,
  compactSummaryLine,
  unknownCommandLine,
} from "./system-lines.ts";

/** Carries out `/clear` and `/compact`; every other command is unknown to the fake. */
export async function runSlashCommand(desk: Desk, text: string): Promise<void> {
  const [, name = "", args = ""] = /^\/(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  desk.status.set("busy");
  if (name === "clear") await clear(desk);
  else if (name === "compact") await compact(desk, args);
  else unknown(desk, `/${name}`);
  if (desk.status.status !== "idle") desk.status.set("idle");
}

function unknown({ transcript, stage }: Desk, command: string): void {
  transcript.append(unknownCommandLine(command));
  stage.add({ is: "note", text: `Unknown command: ${command}` });
}

/** The same process goes on with a new conversation in a new file. */
async function clear(desk: Desk): Promise<void> {
  const { transcript, status, stage, state } = desk;
  state.prompt = randomUUID();
  await fire(desk, "SessionEnd", { reason: "clear" });
  transcript.begin(randomUUID());
  status.follow(transcript.conversation);
  state.prompt = null;
  state.count = 0;
  for (const line of commandLines("clear", "", null)) transcript.append(line);
  transcript.append(commandOutputLine("clear", "", ""));
  stage.change({ entries: [{ is: "prompt", text: "/clear" }] });
  status.set("idle");
  // Claude Code does not wait for this one: the next prompt may come at once.
  void fire(desk, "SessionStart", { source: "clear" });
}

async function compact(desk: Desk, args: string): Promise<void> {
  const { transcript, stage, state, facts } = desk;
  const began = desk.now();
  const prompt = randomUUID();
  state.prompt = prompt;
  stage.add({ is: "prompt", text: `/compact ${args}`.trimEnd() });
  await fire(desk, "PreCompact", { trigger: "manual", custom_instructions: args || null });
  if (state.count === 0) {
    for (const line of commandLines("compact", args, prompt)) transcript.append(line);
    const refusal = "Not enough messages to compact.";
    transcript.append(commandOutputLine("compact", args, refusal));
    return stage.add({ is: "note", text: refusal });
  }
  const summary = "(demo) A summary would stand here.";
  transcript.append(compactBoundaryLine(transcript.leaf, desk.now() - began), null);
  transcript.append(compactSummaryLine(summary, prompt, state.count));
  await fire(desk, "SessionStart", { source: "compact", model: facts.model });
  await fire(desk, "PostCompact", { trigger: "manual", compact_summary: summary });
  for (const line of commandLines("compact", args, prompt)) transcript.append(line);
  transcript.append(compactedLine(prompt));
  stage.add({ is: "note", text: "Compacted (ctrl+o to see full summary)" });
}
