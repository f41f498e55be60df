import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { startIterm2 } from "../../../e2e/fake/iterm2/iterm2.ts";
import { terminalContract } from "../../../e2e/terminal/contract.ts";
import { createIterm2Host } from "./iterm2-host.ts";

const dir = mkdtempSync(join(tmpdir(), "claude-team-iterm2-"));
const iterm2 = await startIterm2();
afterAll(async () => {
  await iterm2[Symbol.asyncDispose]();
  rmSync(dir, { recursive: true, force: true });
  expect(iterm2.complaints).toEqual([]);
});

const host = () => createIterm2Host({ env: { ...process.env, ...iterm2.env }, dir, keepAfterExit: () => false });

terminalContract("the iTerm2 host", host, {
  outlives: true,
  async interrupted(whileAway) {
    await iterm2.faults.apiOff();
    try {
      await whileAway();
    } finally {
      await iterm2.faults.apiOn();
    }
  },
});
