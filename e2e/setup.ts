import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { findElectron } from "./electron/find-electron.ts";
import { provideChromium } from "./real/chromium.ts";
import { provideClaude } from "./real/claude-binary.ts";

/** A program the specs need: where it is, or why it is not there. */
export type Tool = { readonly path: string } | { readonly missing: string };

declare module "vitest" {
  export interface ProvidedContext {
    claude: Tool;
    chromium: Tool;
  }
}

/** Before all specs: finds or fetches what they need, once, and says so. In CI nothing may be missing. */
export async function setup(project: TestProject): Promise<void> {
  const tell = (line: string) => process.stdout.write(`${project.name}: ${line}\n`);
  const provide = async (name: "claude" | "chromium", find: (tell: (line: string) => void) => Promise<string>) => {
    const tool: Tool = await find(tell).then(
      (path) => ({ path }),
      (cause: Error) => ({ missing: cause.message }),
    );
    tell("path" in tool ? `${name} is ${tool.path}` : `specs that need ${name} are skipped: ${tool.missing}`);
    if ("missing" in tool && process.env.CI) throw new Error(tool.missing);
    project.provide(name, tool);
  };
  await provide("claude", async (tell) => {
    if (project.name === "e2e:tmux") await needTmux();
    return provideClaude(tell);
  });
  await provide("chromium", provideChromium);
  const electron = findElectron();
  if (project.name === "e2e" && "why" in electron) tell(`specs run in no real Electron: ${electron.why}`);
}

async function needTmux(): Promise<void> {
  await promisify(execFile)("tmux", ["-V"]).catch((cause: Error) => {
    throw new Error("tmux is not installed", { cause });
  });
}
