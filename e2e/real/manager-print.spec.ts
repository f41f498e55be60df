import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needsClaude } from "../needs.ts";
import { errand, expectErrand } from "./errand.ts";
import { openInstalled } from "./managed.ts";
import { callTool, print, runClaude, runCli } from "./manager.ts";
import { asks } from "./told.ts";

needsClaude("claude-team install", () => {
  test("adds the server for the user, with no token in the configuration; Claude Code reaches it", async () => {
    await using managed = await openInstalled();
    const { world, server } = managed;
    const config = () => readFile(join(world.config, ".claude.json"), "utf8");
    expect(JSON.parse(await config()).mcpServers).toEqual({
      "claude-team": {
        type: "http",
        url: server.url,
        headersHelper: join(world.teamHome, "auth-header"),
        alwaysLoad: true,
        timeout: 3_600_000,
      },
    });
    expect(await config()).not.toContain(server.token);
    expect((await stat(join(world.teamHome, "token"))).mode & 0o777).toBe(0o600);
    const { stdout } = await runClaude(world, "mcp", "get", "claude-team");
    expect(stdout).toMatch(/Scope: User[\s\S]*Status: .*Connected/);
    await runCli(world, "uninstall", "--yes");
    expect(JSON.parse(await config()).mcpServers).toEqual({});
  });
});

needsClaude("the real Claude Code as manager, in print mode", () => {
  test("its workers are no managers: they have none of its tools, and the panel does not count them", async () => {
    await using managed = await openInstalled();
    const { world, panel } = managed;
    const ann = { project_path: await world.project("worker"), session_name: "ann", prompt: "[[gate:never]]" };
    const manager = print(world, callTool("spawn_session", ann), { cwd: await world.project("manager") });
    const begun = await asks(world, (asked) => asked.session !== manager.session);
    expect(begun.tools.filter((name) => name.startsWith("mcp__"))).toEqual([]);
    await manager.output;
    await panel.until(0);
    await runCli(world, "status", "ann");
  });

  test.each([
    ["2026-07-28", {}],
    ["2025-11-25", { MCP_PROTOCOL_NEGOTIATION: "legacy" }],
  ])("leads a worker by the protocol of %s; the panel shows it while it is connected", async (protocol, env) => {
    await using managed = await openInstalled();
    const { world, panel } = managed;
    const manager = print(world, errand(await world.project("worker")), { cwd: await world.project("manager"), env });
    await panel.until(1);
    await expectErrand(world, manager);
    expect(await manager.output).toBe("errand done");
    expect(await manager.protocol()).toBe(protocol);
    await panel.until(0);
  });
});
