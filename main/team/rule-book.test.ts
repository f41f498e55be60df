import { describe, expect, test } from "vitest";
import type { Rule } from "../../contract/rule.ts";
import { createIdleWorld } from "./test-kit.ts";

const rule: Rule = { tool: "Bash", cwd: "/p", match: { is: "prefix", prefix: "npm test" } };

async function createAskingWorld() {
  const world = await createIdleWorld();
  const { desk, clock } = world;
  /** Claude asks for this command through its hook. */
  function ask(request: string, command: string, over: { agent?: string; cwd?: string } = {}): void {
    desk.hooks.add(request);
    const asked = { request, tool: "Bash", input: { command }, agent: null, cwd: "/p", ...over };
    desk.tell({
      ...{ signal: "hook", conversation: "c-1", transcript: null, at: clock.now(), event: "PermissionRequest" },
      ask: { ...asked, kind: "permission", title: "Runs it", detail: command },
    });
  }
  const phase = () => [...world.store.state.workers.values()][0]?.phase.is;
  const told = async () => (await world.team.activity({}, "person")).entries;
  return { ...world, ask, phase, told };
}

describe("a kept rule", () => {
  test("answers at once what it fits, so that nobody is asked, and leaves a line in the timeline", async () => {
    const { team, desk, ask, phase, told } = await createAskingWorld();
    await team.addRule({ rule }, "person");
    desk.live("busy");
    ask("r-1", "npm test -- --run");
    expect([...desk.hooks]).toEqual([]);
    expect(phase()).toBe("working");
    expect((await told())[0]).toMatchObject({
      ...{ by: "rule", did: "answered", ref: "r-1", what: "Bash: npm test -- --run" },
      outcome: "Bash: npm test, alone or followed by plain words, in /p",
    });
  });

  test("lets nobody take Claude's slow going on for another request, but one that stays", async () => {
    const { team, desk, ask, phase, pass } = await createAskingWorld();
    await team.addRule({ rule }, "person");
    desk.live("waiting");
    ask("r-1", "npm test");
    await pass(4000);
    expect(phase()).toBe("working");
    await pass(2000);
    expect(phase()).toBe("asking");
  });

  test("answers a subagent, too", async () => {
    const { team, desk, ask, phase } = await createAskingWorld();
    await team.addRule({ rule }, "person");
    desk.live("busy");
    ask("r-1", "npm test", { agent: "a-1" });
    expect([[...desk.hooks], phase()]).toEqual([[], "working"]);
  });

  test("leaves to the person what does not fit it to the letter, or is asked elsewhere", async () => {
    const { team, desk, ask, phase } = await createAskingWorld();
    await team.addRule({ rule }, "person");
    desk.live("waiting");
    ask("r-1", "npm test; rm -rf /");
    ask("r-2", "npm test", { cwd: "/p/sub" });
    expect([...desk.hooks]).toEqual(["r-1", "r-2"]);
    expect(phase()).toBe("asking");
  });

  test("answers what is open when it is added, and says how many", async () => {
    const { team, desk, ask, phase } = await createAskingWorld();
    desk.live("waiting");
    ask("r-1", "npm test");
    ask("r-2", "npm run build");
    expect(await team.addRule({ rule }, "person")).toEqual({ answered: 1 });
    expect([...desk.hooks]).toEqual(["r-2"]);
    expect(phase()).toBe("asking");
  });

  test("is kept once, taken back, and both are told", async () => {
    const { team, premises, ask, desk, told } = await createAskingWorld();
    await team.addRule({ rule }, "person");
    await team.addRule({ rule: structuredClone(rule) }, "person");
    expect(premises.settings.values.rules).toEqual([rule]);
    await team.removeRule({ rule: structuredClone(rule) }, "person");
    expect(premises.settings.values.rules).toEqual([]);
    ask("r-1", "npm test");
    expect([...desk.hooks]).toEqual(["r-1"]);
    expect((await told()).map(({ by, did }) => `${by} ${did}`).slice(1, 3)).toEqual([
      "person disallowed",
      "person allowed",
    ]);
  });

  test("that says too much is refused, with what is wrong with it", async () => {
    const { team, premises } = await createAskingWorld();
    const wide: Rule = { ...rule, match: { is: "prefix", prefix: "bash" } };
    await expect(team.addRule({ rule: wide }, "person")).rejects.toMatchObject({ code: "INPUT_INVALID" });
    expect(premises.settings.values.rules).toEqual([]);
  });
});

describe("the rules for a request", () => {
  test("are offered while it is open", async () => {
    const { team, desk, ask } = await createAskingWorld();
    desk.live("waiting");
    ask("r-1", "npm test");
    expect(await team.rulesFor({ worker: "w", request: "r-1" }, "person")).toEqual({
      rules: [{ ...rule, match: { is: "exact", input: { command: "npm test" } } }, rule],
    });
    const late = team.rulesFor({ worker: "w", request: "r-0" }, "person");
    await expect(late).rejects.toMatchObject({ code: "REQUEST_GONE" });
  });
});
