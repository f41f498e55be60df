import { describe, expect, test } from "vitest";
import { type CommandName, commands } from "../../contract/commands.ts";
import type { Request } from "../../contract/request.ts";
import { type SettingsState, settings } from "../../contract/settings.ts";
import { checkCaller, checkCommand, checkRoots, mayAnswer } from "./rights.ts";
import { createWorld, settled } from "./test-kit.ts";

/** What leading a team needs, and nothing else. */
const leading = ["spawn", "list", "status", "send", "reply", "answer", "interrupt", "wait", "history", "close"];
const all = Object.keys(commands) as CommandName[];

/** A computer without symbolic links but one: /tmp, as on a Mac. */
const ground = (state: SettingsState) => ({
  settings: state,
  realPath: (path: string) => path.replace(/^\/tmp/, "/private/tmp").replace(/(?<=.)\/$/, ""),
});

describe("who may call what", () => {
  test.each(all)("%s is open to a person", (name) => {
    expect(() => checkCaller(name, "person")).not.toThrow();
  });

  test.each(all.filter((name) => !leading.includes(name)))(
    "%s is refused to a manager, whatever it says",
    async (name) => {
      const call = createWorld().team[name] as (input: unknown, by: "manager") => Promise<unknown>;
      await expect(call({ anything: true }, "manager")).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    },
  );

  test.each(leading as CommandName[])("%s is a manager's, too", (name) => {
    expect(() => checkCaller(name, "manager")).not.toThrow();
  });
});

describe("a settings file that was broken at the start", () => {
  const broken = (unknown: string) => {
    const world = createWorld();
    world.premises.settings = { ...world.premises.settings, problem: "/settings.json: not JSON", unknown: [unknown] };
    return world;
  };

  test.each(["allowedRoots", "claudeArguments"])("keeps managers from spawning while %s is unknown", async (field) => {
    const { team } = broken(field);
    await expect(team.spawn({ cwd: "/work" }, "manager")).rejects.toMatchObject({
      code: "SETTINGS_BROKEN",
      message: expect.stringContaining(field),
    });
  });

  test("keeps no person from it", async () => {
    const { team, desk } = broken("allowedRoots");
    const spawned = team.spawn({ cwd: "/work" }, "person");
    await settled();
    desk.live("idle");
    expect(await spawned).toMatchObject({ cwd: "/work" });
  });

  test("keeps nobody from it where only something else is unknown", () => {
    const state = { values: settings.parse({}), file: "", problem: "", restart: [], unknown: ["managerMayAnswer"] };
    expect(() => checkRoots("/work", ground(state), "manager")).not.toThrow();
  });
});

describe("the roots that managers stay in", () => {
  const state = { values: settings.parse({ allowedRoots: ["/tmp", "/srv/"] }), file: "", problem: null, restart: [] };
  const check = (cwd: string) => () => checkRoots(cwd, ground(state), "manager");

  test.each(["/private/tmp", "/private/tmp/shop", "/srv", "/srv/shop"])("%s is inside, symbolic link or not", (cwd) => {
    expect(check(cwd)).not.toThrow();
  });

  test.each(["/", "/private/tmp-else", "/srv-else", "/home/ana"])("%s is outside", (cwd) => {
    expect(check(cwd)).toThrow(expect.objectContaining({ code: "DIRECTORY_OUTSIDE_ROOTS" }));
  });

  test.each(["~/work", "work", ""])("%j is refused as a root, where it is set", (root) => {
    expect(settings.safeParse({ allowedRoots: [root] }).success).toBe(false);
  });
});

describe("a manager's command", () => {
  const byManager = (command: string) => () => checkCommand(command, settings.parse({}), "manager");

  test.each([
    "/cd /",
    "/plugins",
    "/marketplace add x",
    "/statusline run x",
    "/rc",
    "/export ~/.profile",
    "/ Settings",
    "/stat",
  ])("%s widens what a worker may do, and is refused", (command) => {
    expect(byManager(command)).toThrow(expect.objectContaining({ code: "NOT_ALLOWED" }));
  });

  test.each(["/compact", "/clear", "/context", "/status", "/model opus", "/review", "/our-own-skill"])(
    "%s passes",
    (command) => {
      expect(byManager(command)).not.toThrow();
    },
  );
});

describe("a manager's answer to a trust dialog", () => {
  const state = { values: settings.parse({ allowedRoots: ["/work"] }), file: "", problem: null, restart: [] };
  const trust = (detail: string): Request => ({
    ...{ id: "r", at: 0, via: "key", proposal: null, kind: "dialog", dialog: "trust", detail },
  });
  const answered = (detail: string) => () => mayAnswer(trust(detail), "/work", ground(state), "manager");

  test("counts where the dialog names the worker's own folder, inside the roots", () => {
    expect(answered("Accessing workspace:\n/work\nQuick safety check")()).toBe("now");
  });

  test.each(["/work-elsewhere", "/home/eve/work", "/work/../etc", "/work and more"])(
    "does not where it names %s",
    (folder) => {
      expect(answered(`Adding a new directory:\n${folder}\nIs it yours?`)).toThrow(
        expect.objectContaining({ code: "NOT_ALLOWED" }),
      );
    },
  );
});
