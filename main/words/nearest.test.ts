import { expect, test } from "vitest";
import { tools } from "../mcp/tools.ts";
import { nearest } from "./nearest.ts";

const spawnNames = Object.keys(tools[0]?.listing.inputSchema.properties ?? {});

test.each([
  ["permision_mode", "permission_mode"],
  ["permissionMode", "permission_mode"],
  ["permissions_mode", "permission_mode"],
  ["projectPath", "project_path"],
  ["path", "project_path"],
  ["name", "session_name"],
  ["Prompt", "prompt"],
  ["initial_prompt", "prompt"],
  ["modle", "model"],
  ["skip_permission", "skip_permissions"],
])("%s of spawn_session means %s", (given, meant) => {
  expect(nearest(given, spawnNames)).toBe(meant);
});

test.each(["issue_id", "tab_color", "x", "", "🦀", "constructor"])("%j means none of them", (given) => {
  expect(nearest(given, spawnNames)).toBeUndefined();
});
