import { describe, expect, test } from "vitest";
import { type CommandName, commands } from "../../contract/commands.ts";
import { checkCaller } from "./rights.ts";
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
