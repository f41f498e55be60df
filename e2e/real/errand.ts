import { expect } from "vitest";
import { instructions } from "../../main/mcp/instructions.ts";
import { tools } from "../../main/mcp/tools.ts";
import type { Asked } from "../fake/messages-api/asked.ts";
import { type ClaudeManager, callTool } from "./manager.ts";
import { asks, isOf, readIn, type Told, told } from "./told.ts";
import type { World } from "./world.ts";

/** What a manager is asked to do, however it is connected: one worker from its first task to its end. */
export function errand(project_path: string): string {
  const steps = [
    callTool("spawn_session", { project_path, session_name: "ann", prompt: "begin [[gate:go]] [[text:begun]]" }),
    callTool("wait_for_sessions", { session_ids: ["ann"], timeout: 60 }),
    callTool("get_response", { session_id: "ann" }),
    callTool("send_message", { session_id: "ann", message: "go on [[text:gone on]]", wait_for_response: true }),
    callTool("send_message", { session_id: "bob", message: "hello?" }),
    callTool("close_session", { session_id: "ann" }),
  ];
  return [...steps, "[[text:errand done]]"].join(" ");
}

/** Follows a manager through its errand, and checks what its model was offered and told. */
export async function expectErrand(world: World, manager: ClaudeManager): Promise<void> {
  const begun = await asks(world, (asked) => !isOf(manager, asked) && isFirstTask(asked));
  world.api.open("go");
  const results = await told(world, manager, 6);
  expectOffered(world.api.requests.findLast((asked) => isOf(manager, asked)));
  expect(results.map(({ tool, isError }) => [tool, isError])).toEqual([
    ["spawn_session", false],
    ["wait_for_sessions", false],
    ["get_response", false],
    ["send_message", false],
    ["send_message", true],
    ["close_session", false],
  ]);
  const [spawned, waited, read, sent, refused, closed] = results;
  const ann = { session_id: "worker-1", name: "ann", claude_session_id: begun.session };
  expect(structured(spawned)).toMatchObject({ ...ann, is_processing: true, requests: [] });
  expect(structured(waited)).toMatchObject({
    settled: [{ ...ann, status: "idle", last_response_preview: "begun" }],
    waiting: [],
    timeout: false,
  });
  expect(structured(read)).toMatchObject({ session_id: "worker-1", outcome: "answered", last_response: "begun" });
  expect(structured(sent)).toMatchObject({ session_id: "worker-1", outcome: "answered", response: "gone on" });
  expect(refused?.text).toBe(
    "WORKER_UNKNOWN: Session not found: bob. Call list_sessions (or claude-team list) to see the workers that exist.",
  );
  expect(structured(closed)).toMatchObject({ success: true, session_id: "worker-1" });
}

const isFirstTask = ({ prompt }: Asked) => prompt?.startsWith("begin") ?? false;

/** A success: the model gets the structured content as JSON. */
export const structured = (result: Told | undefined): unknown => JSON.parse(result?.text ?? "");

/** All our tools in full, not only by name, and our instructions to the last word. Of a server that comes late they are deferred. */
function expectOffered(asked: Asked | undefined): void {
  if (!asked) throw new Error("the manager's model was never asked");
  const offered = asked.body.tools
    .filter(({ name }) => name.startsWith("mcp__"))
    .map(({ defer_loading: _, ...tool }) => tool);
  const ours = tools.map(({ listing: { name, description, inputSchema } }) => ({
    name: `mcp__claude-team__${name}`,
    description,
    input_schema: inputSchema,
  }));
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  expect(offered.sort(byName)).toEqual(ours.sort(byName));
  expect(readIn(asked)).toContain(instructions);
}
