import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { demoPrompts } from "./scenes.ts";
import { type Json, linesIn, playFake } from "./test-kit.ts";

const scenes = join(import.meta.dirname, "../../e2e/data/scenes");
const esc = "\u001b";
const kinds = (lines: readonly Json[]) =>
  lines.map(({ type, subtype }) => String(subtype ?? type)).filter((kind) => /user|assistant|turn_duration/.test(kind));

describe("the fake Claude", { timeout: 30_000 }, () => {
  test("gives a prompt back that was interrupted before the first word", async () => {
    await using fake = await playFake("hold on [[wait:30]] [[text:never]]");
    await fake.until(
      () => fake.heard("UserPromptSubmit") === 1 && fake.status() === "busy" && fake.transcript().length > 4,
    );
    fake.press(esc);
    await fake.until(() => fake.status() === "idle" && fake.screen().includes("❯\u00a0hold on [[wait:30]]"));
    expect(kinds(fake.transcript())).toEqual(["user"]);
    fake.press(`${esc}${esc}`);
    fake.enter("next [[text:fine]]");
    await fake.until(() => fake.heard("Stop") === 1);
    const [, next] = fake.transcript().filter(({ type }) => type === "user");
    expect(next).toMatchObject({ message: { content: "next [[text:fine]]" }, parentUuid: null });
  });

  test("opens two permissions at once for readers, answered in any order", async () => {
    await using fake = await playFake("hello [[text:hi]]");
    await fake.until(() => fake.heard("Stop") === 1 && fake.status() === "idle");
    fake.reply(() => "hold");
    fake.enter("[[read:/etc/hosts]] [[+read:/etc/hostname]]");
    await fake.until(() => fake.held.length === 2 && fake.screen().includes("1 of 2"));
    fake.held[1]?.end(JSON.stringify({ hookSpecificOutput: { decision: { behavior: "allow" } } }));
    await fake.until(() => fake.heard("PostToolUse") === 1);
    expect(fake.status()).toBe("waiting");
    fake.press("1");
    await fake.until(() => fake.heard("Stop") === 2 && fake.status() === "idle");
    expect(fake.heard("PostToolUse")).toBe(2);
  });

  test("asks no plain allow for a question's answer twice", async () => {
    await using fake = await playFake("hello [[text:hi]]");
    await fake.until(() => fake.heard("Stop") === 1 && fake.status() === "idle");
    fake.reply(() => ({ behavior: "allow" }));
    fake.enter("[[ask]]");
    await fake.until(() => fake.heard("PermissionRequest") === 1 && fake.screen().includes("Chat about this"));
    fake.press("2");
    await fake.until(() => fake.heard("PostToolUse") === 1);
    expect(fake.hooks.at(-1)).toMatchObject({ tool_input: { answers: { "Which colour do you want?": "Blue" } } });
  });

  test("turns keys pressed at an open dialog into its answer, not into a message", async () => {
    await using fake = await playFake("hello [[bash:touch a]]");
    await fake.until(() => fake.status() === "waiting" && fake.screen().includes("Do you want to proceed?"));
    fake.enter("no, stop");
    await fake.until(() => fake.heard("Stop") === 1);
    expect(fake.heard("PostToolUse")).toBe(1);
    expect(fake.heard("UserPromptSubmit")).toBe(1);
  });

  test("tells Claude the words of a No, and goes on, with the fields of the real one", async () => {
    await using fake = await playFake("[[bash:touch a]] [[text:I see]]");
    await fake.until(() => fake.status() === "waiting" && fake.screen().includes("4. No"));
    fake.press(`${esc}[B${esc}[B${esc}[B\treason for 1 no\r`);
    await fake.until(() => fake.heard("Stop") === 1);
    const denied = (lines: readonly Json[]) => lines.find(({ userFeedback }) => userFeedback);
    const [ours, recorded] = [denied(fake.transcript()), denied(linesIn(join(scenes, "permission-keys")))];
    const varying = /uuid|timestamp|sessionId|session_id|promptId|UUID|cwd|gitBranch/i;
    const same = (line?: Json) =>
      Object.entries(line ?? {}).filter(([name]) => !varying.test(name) && name !== "message");
    expect(Object.fromEntries(same(ours))).toEqual(Object.fromEntries(same(recorded)));
    const contentOf = (line: Json = {}) => ((line.message as Json).content as Json[])[0]?.content;
    expect(contentOf(ours)).toBe(contentOf(recorded));
  });

  test.each([
    ["acceptEdits", "[[bash:touch a]] [[write:b|text]]"],
    ["bypassPermissions", "[[bash:curl example.com]]"],
    ["manual", "[[bash:echo hi]]"],
  ])("in mode %s does %s without asking", async (mode, prompt) => {
    await using fake = await playFake(prompt, ["--permission-mode", mode]);
    await fake.until(() => fake.heard("Stop") === 1);
    expect(fake.heard("PermissionRequest")).toBe(0);
  });

  test("waits at a gate until its file is there", async () => {
    await using fake = await playFake("[[text:before]] [[gate:door]] [[text:after]]");
    await fake.until(() => fake.screen().includes("● before"));
    const path = String(fake.hooks.find((hook) => hook.transcript_path)?.transcript_path);
    const gates = join(path.slice(0, path.indexOf("/projects/")), "gates");
    mkdirSync(gates, { recursive: true });
    writeFileSync(join(gates, "door"), "");
    await fake.until(() => fake.heard("Stop") === 1);
    expect(fake.hooks.at(-1)).toMatchObject({ last_assistant_message: "beforeafter" });
  });

  test("leaves a running turn as it is when it must go", async () => {
    await using fake = await playFake("[[slow:30]]");
    await fake.until(() => fake.screen().includes("● A"));
    fake.press("\u0003\u0003\u0003");
    expect(await fake.ended).toBe(0);
    expect(fake.heard("SessionEnd", ({ reason }) => reason === "prompt_input_exit")).toBe(1);
    expect(fake.sessions()).toEqual([]);
  });

  test("says of itself in every demo answer that it is one", async () => {
    for (const { prompt } of [...demoPrompts, { prompt: "something else" }]) {
      await using fake = await playFake(prompt);
      await fake.until(() => /\(demo\)|This is the demo/.test(fake.screen()));
    }
  });
});
