import { describe, expect, test, vi } from "vitest";
import { recordingFile, recordingPath, recordings, row, scenePath, turnsOf } from "./test-kit.ts";

vi.setConfig({ testTimeout: 30_000 });

describe("turns of the recorded sessions", () => {
  test("a session with tools, permissions, Esc, a queue and errors", async () => {
    const { rows, turns, summary } = await turnsOf(recordingPath("session-mixed-manual"));
    expect(rows).toEqual([
      "first [[text:Hello one]] | Hello one |  | ",
      "second [[text:I will run | Done: made | Bash | ",
      "third [[bash:touch /home | finished third | Bash | ",
      "fourth [[bash:touch /hom | Done: denied by the dash | Bash | ",
      "fifth [[bash:touch /home | finished fifth | Bash | ",
      "sixth [[ask]] [[text:you | you chose | AskUserQuestion | ",
      "seventh [[ask]] | Done: Your questions hav | AskUserQuestion | ",
      "plan [[plan:# The plan\\n | Done: <tool_use_error>Yo | ExitPlanMode | ",
      "slow one [[slow:8]] [[te | Lorem ipsum dolor sit am |  | ",
      "queued message A [[text: & queued B | answer A |  | ",
      "tooltime [[bash:sleep 6; & +steer me C | tool finished | Bash | ",
      "esc1 [[slow:20]] | Lorem ipsum dolor sit am |  | interrupted",
      "esc2 [[bash:sleep 30; ec | tool finished | Bash | ",
      "esc3 [[bash:touch /home/ | – | Bash | interrupted",
      "esc2b [[bash:for i in $( | – | Bash | interrupted",
      "queued Q [[text:answer Q | answer Q |  | ",
      "err 529*2 [[err:529*2]] | recovered 529*2 |  | ",
      "err 429*1 [[err:429*1]] | recovered 429*1 |  | ",
      "err 500*1 [[err:500*1]] | recovered 500*1 |  | ",
      "err 400 [[err:400]] [[te | – |  | api_error",
      "err 401 [[err:401]] [[te | – |  | api_error",
    ]);
    expect(summary).toEqual({
      at: Date.parse("2026-11-22T09:40:07.940Z"),
      messageCount: 41,
      lastReply: {
        messageId: "msg_mockc991cb5ff9b9c2f4",
        text: "recovered 500*1",
        at: Date.parse("2026-11-22T09:32:09.475Z"),
      },
      activity: null,
      branch: "master",
      context: null, // it ends with /clear or a compaction
      model: "claude-opus-5-5",
    });
    const merged = turns[9]!;
    expect(merged.prompts.map((p) => p.id)).toEqual([
      "e9c0a4e0-1e8e-4fce-b721-61c21f1e1602",
      "16cf30ec-6aaa-433a-a426-4d36a0d72736",
    ]);
    expect(turns[10]?.prompts[1]).toEqual({
      id: null,
      text: "steer me C",
      at: Date.parse("2026-11-22T09:30:55.352Z"),
      absorbed: true,
    });
  });

  test("API errors, cut streams, the token limit and a refusal", async () => {
    const { rows, turns, summary } = await turnsOf(recordingPath("api-errors"));
    expect(rows).toEqual([
      "err test [[err:401]] | – |  | signed_out",
      "err test [[err:529]] | – |  | api_error",
      "err test [[err:429]] | – |  | rate_limited",
      "err test [[cut*1]] [[slo | Lorem ipsum dolor sit am |  | ",
      "err test [[cut]] [[slow: | Lorem ipsum dolor sit am |  | ",
      "err test [[sseerr]] [[te | abc def |  | ",
      "err test [[stop:max_toke | truncated |  | ",
      "err test [[stop:refusal] | Echo: Your response abov |  | ",
    ]);
    expect(turns[0]?.problem?.text).toBe("Please run /login · API Error: 401 mock 401 authentication_error");
    // After the limit Claude goes on in the same turn: both pieces are the answer.
    expect(turns[6]?.text).toMatch(/^truncated\nEcho: Output token limit hit\./);
    expect(summary.messageCount).toBe(15);
  });

  test("another session's message, and a background agent that comes back into its turn", async () => {
    const { rows, summary } = await turnsOf(recordingPath("peer-and-subagent"));
    expect(rows).toEqual([
      "∅ | Echo: Another Claude ses |  | ",
      "sub [[agent:inside ((bas | Done: Async agent launch | Agent | ",
    ]);
    expect(summary).toMatchObject({ messageCount: 4, branch: null });
  });

  test("a subagent's own file says nothing about the main conversation", async () => {
    const { rows, summary } = await turnsOf(recordingPath("subagent-sidechain"));
    expect(rows).toEqual([]);
    expect(summary).toMatchObject({ messageCount: 0, lastReply: null, activity: null });
  });

  test.each([
    ["after-clear", 1, 2, "after clear [[text:hi ag | hi again |  | ", "claude-sonnet-4-5"],
    ["thinking-parallel-tools", 2, 5, "second [[len:60000]] | Lorem ipsum dolor sit am |  | ", "claude-opus-5-5"],
    ["input-prefixes", 11, 21, "vim mode | Echo: vim mode |  | ", "claude-opus-5-5"],
    ["mcp-session", 19, 37, "again? [[tool:mcp__team_ | Done: echo:y | mcp__team__echo | ", "claude-opus-5-5"],
  ])("%s: %i turns, %i texts", async (name, turns, texts, last, model) => {
    const { rows, summary } = await turnsOf(recordingPath(name));
    expect(rows).toHaveLength(turns);
    expect(rows.at(-1)).toBe(last);
    expect(summary).toMatchObject({ messageCount: texts, model, activity: null });
  });

  test("!ls and a prompt of an MCP server begin turns; local commands do not", async () => {
    const shell = await turnsOf(recordingPath("input-prefixes"));
    expect(shell.rows[6]).toBe("!echo bang | Echo: <bash-stdout>bang< |  | ");
    const served = await turnsOf(recordingPath("mcp-session"));
    expect(served.rows[11]).toBe("/mcp__team__brief Ann | prompt expanded |  | ");
    const slash = await turnsOf(scenePath("slash-commands", "0539"));
    expect(slash.rows.map((r) => r.split(" | ")[0])).toEqual(["second life", "long [[slow:4]]", "long2 [[slow:4]]"]);
  });

  test("prompts taken back before an answer began, and Esc with a queue", async () => {
    const { rows } = await turnsOf(scenePath("interrupts", "4120"));
    expect(rows).toEqual([
      "a [[ttfb:5]] | – |  | interrupted",
      "a [[ttfb:5]]b [[slow:8]] | – |  | interrupted",
      "a [[ttfb:5]]b [[slow:8]] | – |  | interrupted",
      "a [[ttfb:5]]b [[slow:8]] | – |  | interrupted",
      "queued-d | Echo: queued-d |  | ",
      "e [[bash:sleep 20]] | – | Bash | interrupted",
      "queued-e | Done: [Tool result missi |  | ",
      "f [[slow:4]] | Lorem ipsum dolor |  | interrupted",
      "g [[bash:touch /home/dev | – | Bash | interrupted",
      "robot msg | Done: The user doesn't w |  | ",
    ]);
  });

  test("a background agent that came back in the middle of a later turn no longer counts", async () => {
    const { turns } = await turnsOf(scenePath("permission-serial-and-subagent", "a78f"));
    expect(turns.slice(4, 6).map(row)).toEqual([
      "E [[agent:sub ((bash:tou | Done: Async agent launch | Agent | ",
      "E2 [[bash:touch /home/de | Done: (Bash completed wi | Bash | ",
    ]);
  });

  test("all recordings are read without a fault", async () => {
    for (const name of recordings.keys()) {
      const { turns } = await turnsOf(recordingFile(name));
      expect(turns.every((turn) => turn.ended || turn === turns.at(-1))).toBe(true);
    }
  });
});
