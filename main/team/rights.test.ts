import { describe, expect, test } from "vitest";
import { type CommandName, commands } from "../../contract/commands.ts";
import type { Request } from "../../contract/request.ts";
import { settings } from "../../contract/settings.ts";
import { checkCaller, checkCommand, mayAnswer } from "./rights.ts";
import { createWorld } from "./test-kit.ts";

/** What leading a team needs, and nothing else. */
const leading = ["spawn", "list", "status", "send", "reply", "answer", "interrupt", "wait", "history", "close"];
const all = Object.keys(commands) as CommandName[];

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
  const given = settings.parse({ allowedRoots: ["/work"] });
  const trust = (detail: string): Request => ({
    ...{ id: "r", at: 0, via: "key", proposal: null, kind: "dialog", dialog: "trust", detail },
  });
  const answered = (detail: string) => () => mayAnswer(trust(detail), "/work", given, "manager");

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
