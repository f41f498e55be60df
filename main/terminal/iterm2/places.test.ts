import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { allAppsAllowed, findApp, listens, socketPath } from "./places.ts";

const home = mkdtempSync(join(tmpdir(), "claude-team-places-"));
const suite = join(home, "Library/Application Support/iTerm2");
const socket = join(suite, "private/socket");
mkdirSync(join(suite, "private"), { recursive: true });
afterAll(() => rmSync(home, { recursive: true }));
const us = process.getuid?.() ?? 0;

test("the socket is iTerm2's own, of another suite, or the one that is named", () => {
  expect(socketPath({ HOME: home })).toBe(socket);
  expect(socketPath({ HOME: home, IT2_SUITE: "other" })).toContain("/other/private/socket");
  expect(socketPath({ HOME: home, CLAUDE_TEAM_ITERM2_SOCKET: "/s" })).toBe("/s");
});

test("all apps are allowed only by a file of root's that names itself", async () => {
  const path = join(suite, "disable-automation-auth");
  const hex = Buffer.from(path).toString("hex");
  expect(await allAppsAllowed(socket, us)).toBe(false);
  writeFileSync(path, `${hex} 61DF88DC-3423-4823-B725-22570E01C027`);
  expect(await allAppsAllowed(socket, us)).toBe(true);
  expect(await allAppsAllowed(socket, us + 1)).toBe(false);
  writeFileSync(path, `${hex} 61DF88DC-3423-4823-B725-22570E01C028`);
  expect(await allAppsAllowed(socket, us)).toBe(false);
});

test("a file that nobody listens at is not iTerm2", async () => {
  expect(await listens(socket)).toBe(false);
  const server = createServer((client) => client.end());
  await new Promise<void>((done) => void server.listen(socket, done));
  expect(await listens(socket)).toBe(true);
  await new Promise((done) => server.close(done));
  expect(await listens(socket)).toBe(false);
});

test("the app is found where people put it", async () => {
  expect(await findApp({ HOME: home })).toBeUndefined();
  mkdirSync(join(home, "Applications/iTerm.app"), { recursive: true });
  expect(await findApp({ HOME: home })).toBe(join(home, "Applications/iTerm.app"));
  expect(await findApp({ IT2_APP_PATH: join(home, "nowhere") })).toBeUndefined();
});
