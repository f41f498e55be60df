import { describe, expect, test } from "vitest";
import { TeamError } from "../../contract/error.ts";
import { acceleratorOf, shortcutWords } from "./accelerator.ts";
import { pathDropped } from "./dropped.ts";
import { fullness } from "./fullness.ts";
import { fieldOf } from "./order.ts";

describe("what is dropped on the spawn dialog", () => {
  test.each([
    [["file:///Users/ana/my%20shop/"], "/Users/ana/my shop"],
    [["# comment\r\nfile:///a\r\nfile:///b"], "/a"],
    [["", "~/shop"], "~/shop"],
    [["/"], "/"],
    [["https://example.com/a", "hello"], undefined],
    [["file:///%zz"], undefined],
  ])("%j is the path %j", (texts, path) => {
    expect(pathDropped(texts)).toBe(path);
  });
});

describe("a global shortcut", () => {
  const press = (code: string, with_: object = {}, mac = true) =>
    acceleratorOf({ code, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...with_ }, mac);
  test("needs a modifier and a key, and is written as Electron writes it", () => {
    expect(press("Space", { altKey: true })).toBe("Alt+Space");
    expect(press("KeyC", { metaKey: true, shiftKey: true })).toBe("Command+Shift+C");
    expect(press("KeyC", { metaKey: true }, false)).toBe("Super+C");
    expect(press("Digit1", { ctrlKey: true })).toBe("Control+1");
    expect(press("KeyC")).toBeUndefined();
    expect(press("KeyC", { shiftKey: true })).toBeUndefined();
    expect(press("AltLeft", { altKey: true })).toBeUndefined();
    expect(shortcutWords("Command+Shift+C")).toBe("⌘ ⇧ C");
  });
});

describe("a context", () => {
  test("is shown as a share of its window, and marked when it is nearly full", () => {
    expect(fullness(null)).toBeUndefined();
    expect(fullness({ tokens: 5, limit: null })).toBeUndefined();
    expect(fullness({ tokens: 50_000, limit: 200_000 })).toMatchObject({ percent: "25 %", high: false });
    expect(fullness({ tokens: 210_000, limit: 200_000 })).toMatchObject({ share: 1, high: true });
  });
});

describe("a refused order", () => {
  test.each([
    ["DIRECTORY_MISSING", "no /x", "cwd"],
    ["DIRECTORY_OUTSIDE_ROOTS", "no /x", "cwd"],
    ["NAME_TAKEN", "ana", "name"],
    ["INPUT_INVALID", "✖ Invalid string: must match pattern\n  → at model", "model"],
    ["INPUT_INVALID", "✖ Too big\n  → at name", "name"],
    ["TERMINAL_UNREACHABLE", "iTerm2 does not answer", "terminal"],
    ["INTERNAL", "x", undefined],
  ] as const)("%s leads to its field", (code, fact, field) => {
    expect(fieldOf(new TeamError(code, fact))).toBe(field);
  });
});
