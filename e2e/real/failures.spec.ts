import { expect, test } from "vitest";
import { needsClaude } from "../needs.ts";
import { type Sent, sharedTeam } from "./team.ts";

needsClaude("when the API fails", () => {
  const team = sharedTeam();

  test.each([
    ["401", "signed_out", /login/],
    ["429", "rate_limited", /429|rate/i],
    ["500", "api_error", /500/],
    ["529", "api_error", /529|overloaded/i],
    ["400", "api_error", /400/],
  ])("HTTP %s: the worker is idle, and status and reply say %s", async (code, problem, words) => {
    const { spawn, ask, status, manager } = team();
    const { session_id } = await spawn({ session_name: `err-${code}` });
    const sent = await ask(session_id, `[[err:${code}]]`);
    expect(sent).toMatchObject({ outcome: "failed", response: null, is_processing: false });
    expect(sent.problem).toMatch(problem);
    expect(sent.problem).toMatch(words);
    const after = await status(session_id);
    expect(after.problem).toMatch(problem);
    expect(after.receipts).toMatchObject([{ state: "answered", notes: [expect.stringContaining("ended early")] }]);
    expect(await ask(session_id, "again [[text:works again]]")).toMatchObject({ response: "works again" });
    expect((await status(session_id)).problem).toBeNull();
    await manager.call("close_session", { session_id });
  });

  test("while it retries, it works, and says that it retries", async () => {
    const { spawn, send, status, manager } = team();
    const { session_id } = await spawn({ session_name: "retries" });
    await send(session_id, "[[err:529*2]] [[text:recovered]]");
    await expect
      .poll(async () => (await status(session_id)).problem ?? "", { timeout: 15_000, interval: 50 })
      .toMatch(/retrying/);
    expect(await manager.call("get_response", { session_id })).toMatchObject({
      last_response: "recovered",
      outcome: "answered",
    });
  });

  test("a stream that is cut once is repeated, and the answer is whole", async () => {
    const sent = await team().ask("retries", "[[cut*1]] [[text:whole after all]]");
    expect(sent.response).toContain("whole after all");
  });

  test("an answer cut short by its token limit or refused is not passed off as a good one", async () => {
    const { ask } = team();
    const cut = await ask("retries", "[[text:half of]] [[stop:max_tokens]]");
    expect(cut.is_processing).toBe(false);
    const refused: Sent = await ask("retries", "[[text:I will not]] [[stop:refusal]]");
    expect(refused.is_processing).toBe(false);
  });
});
