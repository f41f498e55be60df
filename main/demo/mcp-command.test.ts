import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runFakeClaude } from "./fake-claude.ts";

let config: string;
beforeEach(() => {
  config = mkdtempSync(join(tmpdir(), "fake-claude-"));
});
afterEach(() => rmSync(config, { recursive: true }));

const run = (...words: string[]) => {
  const terminal = Object.assign(new PassThrough(), { columns: 80, rows: 24 });
  return runFakeClaude(["mcp", ...words], { CLAUDE_CONFIG_DIR: config }, new PassThrough(), terminal);
};
const servers = () => JSON.parse(readFileSync(join(config, ".claude.json"), "utf8")).mcpServers;
const scope = ["--scope", "user"];

test("the fake Claude keeps an MCP server that is added, and starts no conversation for it", async () => {
  expect(await run("add-json", "claude-team", '{"type":"http"}', ...scope)).toBe(0);
  expect(servers()).toEqual({ "claude-team": { type: "http" } });
});

test("it refuses to add one twice, and forgets one that is removed", async () => {
  await run("add-json", "other", "{}", ...scope);
  await run("add-json", "claude-team", "{}", ...scope);
  expect(await run("add-json", "claude-team", "{}", ...scope)).toBe(1);
  expect(await run("remove", "claude-team", ...scope)).toBe(0);
  expect(await run("remove", "claude-team", ...scope)).toBe(1);
  expect(servers()).toEqual({ other: {} });
});
