import { expect, test } from "vitest";
import { needsClaude } from "../needs.ts";
import { sitDown } from "./desk.ts";
import { errand, expectErrand, structured } from "./errand.ts";
import { openInstalled } from "./managed.ts";
import { callTool } from "./manager.ts";
import { told } from "./told.ts";

needsClaude("the real Claude Code as manager, in interactive use", () => {
  test("leads a worker; the panel shows it until it has quit", async () => {
    await using managed = await openInstalled();
    const { world, panel } = managed;
    const worker = await world.project("worker");
    const desk = await sitDown(world, { cwd: await world.project("manager") });
    await panel.until(1);
    await desk.connects();
    await desk.say(errand(worker));
    await expectErrand(world, desk);
    await desk.shows(/● errand done/);
    expect(await desk.protocol()).toBe("2026-07-28");
    await desk.leave();
    await panel.until(0);
  });

  test("shows what a wait waits for; Esc ends the wait and nothing else", async () => {
    await using managed = await openInstalled();
    const { world } = managed;
    const project_path = await world.project("worker");
    const desk = await sitDown(world, { cwd: await world.project("manager") });
    await desk.connects();
    const spawn = callTool("spawn_session", {
      project_path,
      session_name: "ann",
      prompt: "[[gate:go]] [[text:begun]]",
    });
    await desk.say(`${spawn} ${callTool("wait_for_sessions", { session_ids: ["ann"] })}`);
    await desk.shows(/waiting for 1 of 1: worker-1 \(ann\) is processing/);
    await desk.press("\x1b");
    await desk.shows(/Interrupted/);
    await desk.say(`${callTool("list_sessions")} [[text:listed]]`);
    const listed = (await told(world, desk, 3)).at(-1);
    expect(structured(listed)).toMatchObject({ sessions: [{ name: "ann", status: "processing" }], count: 1 });
    world.api.open("go");
    await desk.shows(/● listed/);
    await desk.say(callTool("get_response", { session_id: "ann" }));
    expect(structured((await told(world, desk, 4)).at(-1))).toMatchObject({ last_response: "begun" });
  });
});
