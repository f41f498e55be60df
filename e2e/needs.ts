import { describe, inject } from "vitest";
import type { Tool } from "./setup.ts";

const missing = (name: "claude" | "chromium") => "missing" in inject(name);

/** `describe` for specs on the real Claude Code; skipped, with the reason printed by the setup, where it cannot be had. */
export const needsClaude = describe.skipIf(missing("claude"));

/** `describe` for specs in a real browser. */
export const needsChromium = describe.skipIf(missing("chromium"));

/** `describe` for specs that need both. */
export const needsClaudeAndChromium = describe.skipIf(missing("claude") || missing("chromium"));

export const claudePath = (): string => pathOf(inject("claude"));
export const chromiumPath = (): string => pathOf(inject("chromium"));

function pathOf(tool: Tool): string {
  if ("missing" in tool) throw new Error(tool.missing);
  return tool.path;
}
