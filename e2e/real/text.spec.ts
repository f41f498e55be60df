import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needsClaude } from "../needs.ts";
import { sharedTeam } from "./team.ts";

const esc = "\u001b";

needsClaude("what Claude receives is what was sent", () => {
  const team = sharedTeam();

  test.each([
    ["300 lines", Array.from({ length: 300 }, (_, n) => `line ${n}: some words`).join("\n")],
    ["one line of 20 kB", "word and word, ".repeat(1400).trim()],
    ["100 kB", Array.from({ length: 1000 }, (_, n) => `${n} ${"x".repeat(95)}`).join("\n")],
    ["emoji, CJK and right-to-left", "👩‍👩‍👧‍👦 familie 🇩🇪 日本語のテキスト 漢字 مرحبا é ñ ✅"],
    ["a leading dash", "-l is not an option here"],
    ["a path", "/tmp/foo is a path, not a command"],
    ["hash, at and ampersand first", "# heading & more @nobody"],
    ["quotes, dollars and backslashes", 'it\'s "$(touch pwned)" `date` \\n $HOME'],
    ["blank lines inside", "first\n\n\nlast"],
  ])("%s", async (_, text) => {
    expect(await received(text)).toBe(text);
  });

  test("tabs become four spaces, as Claude's own input does it", async () => {
    expect(await received("a\tb")).toBe("a    b");
  });

  test("a leading ! is shown to be text by one space, and runs nothing", async () => {
    const { status } = team();
    expect(await received("!touch ran")).toMatch(/^ ?!touch ran$/);
    expect(existsSync(join((await status("reader")).project_path, "ran"))).toBe(false);
  });

  test("escape sequences and paste ends are taken out, and the receipt says so", async () => {
    const { send, world } = team();
    const sent = await send("reader", `red ${esc}[31mtext${esc}[0m and ${esc}[201~\r done`, {
      wait_for_response: true,
    });
    expect(sent.receipt.notes.join(" ")).toMatch(/control|escape/i);
    expect(world.api.requests.at(-1)?.prompt).not.toContain(esc);
    expect(world.api.requests.at(-1)?.prompt).toContain("red");
  });

  test.each([
    ["/compact", "MESSAGE_IS_COMMAND"],
    ["/nonsense", "MESSAGE_IS_COMMAND"],
    ["  /help", "MESSAGE_IS_COMMAND"],
    ["exit", "MESSAGE_ENDS_SESSION"],
    ["/quit", "MESSAGE_ENDS_SESSION"],
    ["", "MESSAGE_EMPTY"],
    [" \n\t ", "MESSAGE_EMPTY"],
  ])("%j is refused as %s, and nothing is typed", async (text, code) => {
    const before = team().world.api.requests.length;
    await expect(team().send("reader", text)).rejects.toMatchObject({ code });
    expect(team().world.api.requests.length).toBe(before);
    expect(await team().status("reader")).toMatchObject({ status: "idle" });
  });

  test("/nonsense as a command: it failed, and its receipt says that Claude does not know it", async () => {
    const sent = await team().send("reader", "/nonsense", { as: "command", wait_for_response: true });
    const problem = expect.stringMatching(/^command_failed: Unknown command: \/nonsense/);
    expect(sent).toMatchObject({ outcome: "failed", response: null, problem });
    expect(sent.receipt.notes.join()).toContain("it was not carried out: Unknown command: /nonsense");
  });

  /** Sends it and gives back what the API got as the prompt. */
  async function received(text: string): Promise<string | null | undefined> {
    const { ask, world, manager, spawn } = team();
    const { sessions } = await manager.call<{ sessions: { name: string }[] }>("list_sessions");
    if (!sessions.some((s) => s.name === "reader")) await spawn({ session_name: "reader" });
    const sent = await ask("reader", text);
    expect(sent.outcome).toBe("answered");
    return world.api.requests.at(-1)?.prompt;
  }
});
