import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyTeam } from "../../contract/reduce.ts";
import { someSettings, someWorker } from "../../e2e/fake/electron/workers.ts";
import { lastLines } from "./log-tail.ts";
import { redact, writeReport } from "./report.ts";

const userHome = "/home/ann";

describe("a report", () => {
  const why = [
    { signal: "live" as const, says: "busy", at: 8000, agrees: true },
    { signal: "transcript" as const, says: "the turn is over: secret words", at: null, agrees: false },
  ];
  const values = someSettings({
    claude: "/home/ann/bin/claude",
    allowedRoots: ["/home/ann/secret-client"],
    claudeArguments: ["--mcp-config", '{"headers":{"Authorization":"Bearer abc"}}'],
  });
  const state = {
    ...emptyTeam,
    workers: new Map([[someWorker(1).id, someWorker(1, { name: "secret-client", why, since: 4000 })]]),
    settings: { values, file: "", problem: null, restart: [] },
  };
  const text = writeReport({
    now: 10_000,
    versions: { "claude-team": "0.1.0" },
    state,
    log: ['{"event":"x"}'],
    userHome,
  });

  test("says what runs, how it is set, and what each status rests on", () => {
    expect(text).toContain("- claude-team: 0.1.0");
    expect(text).toContain("- claude: set\n");
    expect(text).toContain('- managerMayAnswer: "ask"');
    expect(text).toContain("- claudeArguments: 2 given");
    expect(text).toContain("- worker-1: idle for 6 s in pty (live 2 s agrees, transcript overruled)");
    expect(text).toContain('{"event":"x"}');
  });

  test("holds no names, paths, words or arguments", () => {
    expect(text).not.toMatch(/secret|ann|Authorization|builder|shop/);
  });
});

describe("redacting", () => {
  test.each([
    ["Authorization: Bearer abc.def-1", "Authorization: Bearer [redacted]"],
    ["http://127.0.0.1:4517/#code=aB-9", "http://127.0.0.1:4517/#code=[redacted]"],
    ["key sk-ant-api03-abcdefghijkl", "key [redacted]"],
    ["ghp_abcdefghijklmnop1234", "[redacted]"],
    ["mail ann.lee@example.org now", "mail [address] now"],
    ['"cwd":"/home/ann/client/app"', '"cwd":"~/…"'],
    ["/Users/bob/client", "~/…"],
    ['"cwd":"/home/ann/Big Client/the app"', '"cwd":"~/…"'],
    ["open '/Users/ann/Big Client's/it.txt'", "open '~/…'s/it.txt'"],
    ["/home/ann/Big Client/app is no directory", "~/… is no directory"],
    ["ENOENT: stat '/Volumes/Big Client/app'", "ENOENT: stat '/…'"],
    ["cd /srv/client/app, then", "cd /…, then"],
    ["PATH=/srv/client/bin:/usr/bin", "PATH=/…:/usr/bin"],
    ["file:///srv/client/dist/main/main.js:10:5", "/…/main.js:10:5"],
    [
      "POST /mcp at http://127.0.0.1:4517/mcp?x, app://claude-team/a/b.js",
      "POST /mcp at http://127.0.0.1:4517/mcp?x, app://claude-team/a/b.js",
    ],
    ["at run (/home/ann/dev/team/dist/main/main.js:10:5)", "at run (~/…/main.js:10:5)"],
    ["CLAUDE_NOT_FOUND in conversation", "CLAUDE_NOT_FOUND in conversation"],
  ])("%s", (from, to) => {
    expect(redact(from, userHome)).toBe(to);
  });

  test("leaves no token of ours, wherever it stands", () => {
    const token = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((bytes) => Buffer.from(bytes).toString("base64url"));
    const around = fc.constantFrom(["", ""], ['"', '"'], ["=", "&"], ["token ", "\n"], ["(", ")"]);
    fc.assert(
      fc.property(token, around, (secret, [before, after]) => {
        fc.pre(/\d/.test(secret) && /[A-Za-z]/.test(secret));
        expect(redact(`${before}${secret}${after}`, userHome)).not.toContain(secret.replace(/^-+|-+$/g, ""));
      }),
    );
  });
});

describe("the end of a log", () => {
  test("is its last whole lines, and none when there is no log", async () => {
    const folder = await mkdtemp(join(tmpdir(), "log-"));
    const file = join(folder, "server.jsonl");
    await writeFile(file, Array.from({ length: 100 }, (_, index) => `line ${index}\n`).join(""));
    expect(lastLines(file, 2)).toEqual(["line 98", "line 99"]);
    expect(lastLines(file, 60, 20)).toEqual(["line 98", "line 99"]);
    expect(lastLines(join(folder, "missing"))).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
