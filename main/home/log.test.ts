import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Home, openHome } from "./home.ts";
import { createLog } from "./log.ts";

let folder: string;
let home: Home;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "claude-team-log-"));
  home = await openHome(join(folder, "home"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const now = () => Date.UTC(2026, 10, 22);
const path = () => join(home.paths.logs, "server.jsonl");
const lines = async () =>
  (await readFile(path(), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

test("a line tells when, how grave, what, and the facts", async () => {
  createLog(home, now)("warn", "hook.refused", { status: 401, worker: "worker-1" });
  const at = "2026-11-22T00:00:00.000Z";
  expect(await lines()).toEqual([{ at, level: "warn", event: "hook.refused", status: 401, worker: "worker-1" }]);
  expect((await stat(path())).mode & 0o777).toBe(0o600);
});

test("no secret gets into it, wherever it stands", async () => {
  createLog(home, now)("info", "request", {
    headers: { authorization: "Bearer abc.def", cookie: "a=b" },
    workerToken: "hidden-1",
    url: "http://127.0.0.1:1/#code=hidden-2",
    text: `curl -H 'Authorization: Bearer hidden-3' and ${home.token} ${home.personToken} ${home.panelKey}`,
    error: new Error(`refused Bearer hidden-4`, { cause: { password: "hidden-5" } }),
  });
  const text = await readFile(path(), "utf8");
  const { token, personToken, panelKey } = home;
  for (const secret of ["abc.def", "a=b", "hidden-", token, personToken, panelKey]) expect(text).not.toContain(secret);
  expect((await lines())[0].error.message).toBe("refused Bearer [redacted]");
});

test("a token that came later stands in it as little as the first", async () => {
  const log = createLog(home, now);
  await home.rotateToken();
  log("info", "rotated", { text: `now ${home.token}` });
  expect((await lines())[0].text).toBe("now [token]");
});

test("an error is told with its stack and cause", async () => {
  createLog(home, now)("error", "unexpected", { cause: new Error("outer", { cause: new TypeError("inner") }) });
  const [line] = await lines();
  expect(line.cause).toMatchObject({ name: "Error", message: "outer", cause: { name: "TypeError", message: "inner" } });
  expect(line.cause.stack).toContain("log.test.ts");
});

test("what JSON cannot hold does not throw", async () => {
  const circle: Record<string, unknown> = { big: 1n };
  circle.self = circle;
  createLog(home, now)("info", "circle", circle);
  expect((await lines())[0]).toMatchObject({ event: "circle" });
});

test("the log stays within four files, and the newest line is in the first", async () => {
  const log = createLog(home, now, 2000);
  for (let i = 0; i < 200; i++) log("info", "tick", { i, filler: "x".repeat(100) });
  const names = (await readdir(home.paths.logs)).sort();
  expect(names).toEqual(["server.jsonl", "server.jsonl.1", "server.jsonl.2", "server.jsonl.3"]);
  for (const name of names) expect((await stat(join(home.paths.logs, name))).size).toBeLessThanOrEqual(2000);
  expect((await lines()).at(-1)?.i).toBe(199);
});

test("one huge fact is cut", async () => {
  createLog(home, now)("info", "huge", { text: "x".repeat(1_000_000) });
  expect((await stat(path())).size).toBeLessThan(20_000);
  expect((await lines())[0]).toMatchObject({ event: "huge" });
});

test("a log that cannot be written does not throw", async () => {
  const log = createLog(home, now);
  await rm(home.paths.logs, { recursive: true });
  expect(() => log("info", "lost")).not.toThrow();
});
