import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { claudePath, needsClaude } from "../needs.ts";
import { sitDown } from "./desk.ts";
import { errand, expectErrand, structured } from "./errand.ts";
import { bridgeCommand, openBridged } from "./managed.ts";
import { callTool, print, runClaude, runCli } from "./manager.ts";
import { told } from "./told.ts";
import { createWorld, type World } from "./world.ts";

needsClaude("the real Claude Code as manager, through the stdio bridge", () => {
  test("leads a worker in interactive use; the panel shows it until it has quit", async () => {
    await using managed = await openBridged();
    const { world, panel } = managed;
    const worker = await world.project("worker");
    const desk = await sitDown(world, { cwd: await world.project("manager") });
    await panel.until(1);
    await desk.connects();
    await desk.say(errand(worker));
    await expectErrand(world, desk);
    await desk.shows(/● errand done/);
    await desk.leave();
    await panel.until(0);
  });

  test("in print mode: where no server runs the bridge starts one, and again after it was stopped", async () => {
    await using world = await openWithoutServer();
    const manager = print(world, errand(await world.project("worker")), { cwd: await world.project("manager") });
    await expectErrand(world, manager);
    expect(await manager.output).toBe("errand done");
    const list = callTool("list_sessions", { include_closed: true });
    const next = print(world, `${list} [[gate:stopped]] ${list}`, { cwd: await world.project("manager") });
    await told(world, next, 1);
    await runCli(world, "stop");
    world.api.open("stopped");
    const lists = (await told(world, next, 2)).map(structured);
    const ended = { sessions: [{ name: "ann", status: "closed" }] };
    expect(lists).toMatchObject([ended, ended]);
    await next.output;
  });
});

/** Claude Code has the bridge as a server to start. What it starts is stopped with the world. */
async function openWithoutServer(): Promise<World> {
  const world = await createWorld({ claude: claudePath() });
  world.own({ [Symbol.asyncDispose]: async () => void (await runCli(world, "stop")) });
  await mkdir(world.teamHome, { mode: 0o700 });
  await writeFile(join(world.teamHome, "settings.json"), '{"port":0}', { mode: 0o600 });
  const [command, ...args] = bridgeCommand(world);
  const entry = JSON.stringify({ type: "stdio", command, args });
  await runClaude(world, "mcp", "add-json", "claude-team", entry, "--scope", "user");
  return world;
}
