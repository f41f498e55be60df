import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { startIterm2 } from "../../../e2e/fake/iterm2/iterm2.ts";
import { terminalContract } from "../../../e2e/terminal/contract.ts";
import { createIterm2Host } from "./iterm2-host.ts";

const dir = mkdtempSync(join(tmpdir(), "claude-team-iterm2-"));
const iterm2 = await startIterm2();
afterAll(async () => {
  await iterm2[Symbol.asyncDispose]();
  rmSync(dir, { recursive: true, force: true });
});

terminalContract("the iTerm2 host", () => createIterm2Host({ env: { ...process.env, ...iterm2.env }, dir }));
