import { expect, test } from "vitest";
import { needsClaude } from "../needs.ts";
import { sitDown } from "./desk.ts";
import { structured } from "./errand.ts";
import { openBridged, openInstalled } from "./managed.ts";
import { type ClaudeManager, callTool, print } from "./manager.ts";
import { type Server, startServer } from "./server.ts";
import { testTerminal } from "./test-terminal.ts";
import { asks, type Told, told } from "./told.ts";
import { watchManagers } from "./watch-managers.ts";
import type { World } from "./world.ts";

const stopping =
  "STOPPED_MIDWAY: the server stops amid this call. claude-team is restarting. It may have been carried out: look with " +
  "list_sessions or get_session_status before you repeat it.";
const hold = { session_id: "ann", message: "hold on [[gate:never]]", wait_for_response: true };
const everyone = { include_closed: true };

/** The worker is at it, so the manager's call that sent it is on its way. */
const isHeld = ({ prompt }: { prompt: string | null }) => prompt?.startsWith("hold on") ?? false;

/** The call that is under way is answered at once, before the server ends. */
async function stopDuringCall(world: World, server: Server, manager: ClaudeManager): Promise<void> {
  await asks(world, (asked) => asked.session !== manager.session && isHeld(asked));
  await Promise.all([server.stop(), told(world, manager, 2)]);
  expect((await told(world, manager, 2)).at(-1)).toEqual({ tool: "send_message", isError: true, text: stopping });
}

async function startAgain(world: World, { url }: Server): Promise<Server> {
  return startServer(world, { port: Number(new URL(url).port) });
}

/** Workers in terminals of our own end with us; all others go on with what they did. */
function expectFate(list: Told | undefined): void {
  const status = testTerminal === "pty" ? "closed" : expect.stringMatching(/^(starting|processing)$/);
  expect(structured(list)).toMatchObject({ sessions: [{ name: "ann", status }], count: 1 });
}

needsClaude("the server is stopped and started again", () => {
  test.each([
    ["by URL", openInstalled],
    ["through the bridge", openBridged],
  ])("during a call and between calls: a manager connected %s goes on", async (_, open) => {
    await using managed = await open();
    const { world, server } = managed;
    const project_path = await world.project("worker");
    const script = [
      callTool("spawn_session", { project_path, session_name: "ann" }),
      callTool("send_message", hold),
      `[[gate:restarted]] ${callTool("list_sessions", everyone)}`,
      `[[gate:again]] ${callTool("spawn_session", { project_path, session_name: "bea" })}`,
      "[[text:went on]]",
    ];
    const manager = print(world, script.join(" "), { cwd: await world.project("manager") });
    await stopDuringCall(world, server, manager);
    const second = await startAgain(world, server);
    world.api.open("restarted");
    expectFate((await told(world, manager, 3)).at(-1));
    await second.stop();
    await startAgain(world, server);
    world.api.open("again");
    expect(structured((await told(world, manager, 4)).at(-1))).toMatchObject({ name: "bea", status: "idle" });
    expect(await manager.output).toBe("went on");
  });

  test("during a call by the protocol of 2025-11-25: the manager goes on once Claude Code has connected again", async () => {
    await using managed = await openInstalled();
    const { world, server } = managed;
    const project_path = await world.project("worker");
    const script = [
      callTool("spawn_session", { project_path, session_name: "ann" }),
      callTool("send_message", hold),
      "[[gate:restarted]]",
      // Claude Code's own pauses between its attempts grow; until one succeeds it answers "not connected" itself.
      ...Array(4).fill(`[[wait:2]] ${callTool("list_sessions", everyone)}`),
    ];
    const env = { MCP_PROTOCOL_NEGOTIATION: "legacy" };
    const manager = print(world, script.join(" "), { cwd: await world.project("manager"), env });
    await stopDuringCall(world, server, manager);
    await startAgain(world, server);
    world.api.open("restarted");
    expectFate((await told(world, manager, 6)).at(-1));
  });

  test("a manager in interactive use goes on, and the panel shows it again", async () => {
    await using managed = await openInstalled();
    const { world, server } = managed;
    const project_path = await world.project("worker");
    const desk = await sitDown(world, { cwd: await world.project("manager") });
    await desk.connects();
    const spawn = callTool("spawn_session", { project_path, session_name: "ann" });
    await desk.say(`${spawn} ${callTool("send_message", hold)} [[text:told of it]]`);
    await stopDuringCall(world, server, desk);
    const second = await startAgain(world, server);
    await desk.shows(/● told of it/);
    await desk.say(`${callTool("list_sessions", everyone)} [[text:back once]]`);
    expectFate((await told(world, desk, 3)).at(-1));
    await desk.shows(/● back once/);
    await second.stop();
    await startAgain(world, server);
    await desk.say(`${callTool("list_sessions", everyone)} [[text:back twice]]`);
    expectFate((await told(world, desk, 4)).at(-1));
    await (await watchManagers(world)).until(1);
  });
});
