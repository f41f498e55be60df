import { expect, test } from "vitest";
import { needsClaude } from "../needs.ts";
import { openInstalled } from "./managed.ts";
import { callTool, print } from "./manager.ts";
import { told } from "./told.ts";

needsClaude("a manager that misspells an argument", () => {
  test.each([
    ["2026-07-28", {}],
    ["2025-11-25", { MCP_PROTOCOL_NEGOTIATION: "legacy" }],
  ])("is told which one is meant, by the protocol of %s, and nothing was done", async (_, env) => {
    await using managed = await openInstalled();
    const { world } = managed;
    const wrong = { project_path: await world.project("worker"), permision_mode: "plan" };
    const calls = [callTool("spawn_session", wrong), callTool("list_sessions")].join(" ");
    const manager = print(world, calls, { cwd: await world.project("manager"), env });
    expect(await told(world, manager, 2)).toEqual([
      {
        ...{ tool: "spawn_session", isError: true },
        text: 'INPUT_INVALID: no argument is called "permision_mode", the nearest is permission_mode. Fix the named field and call again.',
      },
      { tool: "list_sessions", isError: false, text: '{"sessions":[],"count":0}' },
    ]);
    await manager.output;
  });
});
