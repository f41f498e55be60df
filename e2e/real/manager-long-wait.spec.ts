import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { needsClaude } from "../needs.ts";
import { sitDown } from "./desk.ts";
import { openInstalled } from "./managed.ts";
import { callTool } from "./manager.ts";
import { asks, isOf, readIn, told } from "./told.ts";

/** The one slow spec: that Claude Code 2.1.330 sets a manager free after 120 s can only be seen by waiting for longer. */
const longMs = 150_000;
const timeout = longMs + 90_000;

needsClaude("a wait of 150 s in interactive use", () => {
  test("goes to the background, leaves the manager free, and wakes it with its result", { timeout }, async () => {
    await using managed = await openInstalled();
    const { world } = managed;
    const project_path = await world.project("worker");
    const desk = await sitDown(world, { cwd: await world.project("manager") });
    await desk.connects();
    const spawn = callTool("spawn_session", {
      project_path,
      session_name: "ann",
      prompt: "[[gate:long]] [[text:done]]",
    });
    const wait = callTool("wait_for_sessions", { session_ids: ["ann"] });
    await desk.say(`${spawn} ${wait} [[text:set free]]`);
    await told(world, desk, 1);
    const longOver = delay(longMs);
    await desk.shows(/waiting for 1 of 1: worker-1 \(ann\) is processing/);
    await longOver;
    const [, moved] = await told(world, desk, 2);
    expect(moved).toMatchObject({ tool: "wait_for_sessions", isError: false });
    expect(moved?.text).toMatch(/still running after 120s.* moved to the background/);
    await desk.say("meanwhile [[text:free indeed]]");
    await desk.shows(/● free indeed/);
    world.api.open("long");
    const woken = await asks(world, (asked) => isOf(desk, asked) && readIn(asked).includes("<task-notification>"));
    expect(readIn(woken)).toMatch(/<result>\s*{"settled":\[{"session_id":"worker-1",.*"timeout":false}\s*<\/result>/);
  });
});
