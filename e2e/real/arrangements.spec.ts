import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Rule } from "../../contract/rule.ts";
import { needsClaude } from "../needs.ts";
import { connectManager } from "./mcp.ts";
import { sharedTeam } from "./team.ts";

interface Entry {
  readonly by: string;
  readonly did: string;
  readonly what: string;
}

needsClaude("what a person arranges, with the real Claude Code", () => {
  const team = sharedTeam({ settings: { managerMayAnswer: "ask" } });
  const timeline = async () => ((await team().person("activity", {})) as { entries: Entry[] }).entries;

  describe("a rule", () => {
    test("answers what it fits in the place of a person, and leaves the rest to one", async () => {
      const { spawn, ask, send, asks, person, world } = team();
      const cwd = await world.project("ruled");
      const rule: Rule = { tool: "Bash", cwd, match: { is: "prefix", prefix: "touch here" } };
      await person("addRule", { rule });
      const { session_id } = await spawn({ project_path: cwd });
      const answered = await ask(session_id, "[[bash:touch here there]] [[text:touched]]");
      expect(answered).toMatchObject({ outcome: "answered", response: "touched" });
      expect(existsSync(join(cwd, "there"))).toBe(true);
      expect((await timeline()).filter(({ did }) => did === "answered")).toMatchObject([
        { by: "rule", what: "Bash: touch here there" },
      ]);
      await send(session_id, "[[bash:touch here; touch not]] [[text:y]]");
      expect(await asks(session_id)).toMatchObject([{ tool: "Bash", detail: "touch here; touch not" }]);
      expect(existsSync(join(cwd, "not"))).toBe(false);
    });

    test("that is offered for an open request answers it when it is kept", async () => {
      const { spawn, send, asks, person, manager, world } = team();
      const cwd = await world.project("offered");
      const { session_id } = await spawn({ project_path: cwd });
      await send(session_id, "[[bash:touch once]] [[text:done]]");
      const [asked] = await asks(session_id);
      const offered = await person("rulesFor", { worker: session_id, request: asked?.request_id });
      const { rules } = offered as { rules: Rule[] };
      expect(rules[0]).toMatchObject({ tool: "Bash", cwd, match: { is: "exact", input: { command: "touch once" } } });
      expect(await person("addRule", { rule: rules[0] })).toEqual({ answered: 1 });
      expect(await manager.call("get_response", { session_id })).toMatchObject({ last_response: "done" });
      expect(existsSync(join(cwd, "once"))).toBe(true);
    });
  });

  test("a setting edited by hand counts for the next spawn, and a broken edit leaves the last good ones", async () => {
    const { spawn, person, world } = team();
    const file = join(world.teamHome, "settings.json");
    const good = await readFile(file, "utf8");
    const untilSettings = (wanted: (state: { problem: string | null; values: { maxWorkers: number } }) => boolean) =>
      expect.poll(async () => wanted((await person("settings", {})) as never), { timeout: 20_000 }).toBe(true);
    await writeFile(file, JSON.stringify({ ...JSON.parse(good), maxWorkers: 1 }));
    await untilSettings(({ values }) => values.maxWorkers === 1);
    await expect(spawn()).rejects.toThrow(/maxWorkers is 1/);
    await writeFile(file, `${good}}`);
    await untilSettings(({ problem, values }) => problem !== null && values.maxWorkers === 1);
    await expect(person("configure", { maxWorkers: 9 })).rejects.toThrow(/SETTINGS_BROKEN/);
    await writeFile(file, good);
    await untilSettings(({ problem, values }) => problem === null && values.maxWorkers === 50);
  });

  test("the entry is added to Claude Code as it was shown, by its own command", async () => {
    const { person, world } = team();
    const entry = async () =>
      ((await person("checks", {})) as { name: string; state: string; fix: { change: string } | null }[]).find(
        ({ name }) => name === "entry",
      );
    const shown = await entry();
    expect(shown).toMatchObject({ state: "note" });
    expect(await person("fix", { name: "entry", change: shown?.fix?.change })).toMatchObject({
      state: "ok",
      fix: null,
    });
    const config = JSON.parse(await readFile(join(world.config, ".claude.json"), "utf8"));
    const json = /^claude mcp add-json claude-team '(.*)' --scope user$/.exec(shown?.fix?.change ?? "")?.[1];
    expect(config.mcpServers["claude-team"]).toEqual(JSON.parse(json ?? ""));
    expect(await entry()).toMatchObject({ state: "ok" });
  });

  test("a new token shuts the old one out, and lets in who has it", async () => {
    const { person, server, manager, world } = team();
    await manager.call("list_sessions", {});
    await person("rotateToken", {});
    await expect(manager.call("list_sessions", {})).rejects.toThrow();
    const token = (await readFile(join(world.teamHome, "token"), "utf8")).trim();
    expect(token).not.toBe(server.token);
    await using again = await connectManager({ ...server, token }, "2026-07-28");
    expect(await again.call("list_sessions", {})).toMatchObject({ sessions: expect.any(Array) });
  });
});
