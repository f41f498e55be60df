import { expect, test } from "vitest";
import { settingsChange } from "../../contract/settings.ts";
import { linesOf, settingFields, settingGroups } from "./settings.ts";

test("every setting that a person may change stands once on the page, and no other", () => {
  const shown = settingGroups.flatMap(({ names }) => names);
  expect([...shown].sort()).toEqual(Object.keys(settingsChange.shape).sort());
  expect(new Set(shown).size).toBe(shown.length);
});

test("every choice that is offered is one that the schema takes, and none is missing", () => {
  for (const [name, { control }] of Object.entries(settingFields)) {
    if (control.is !== "choice") continue;
    const takes = (value: string) => settingsChange.safeParse({ [name]: value }).success;
    expect(control.options.filter(([value]) => !takes(value))).toEqual([]);
    const schema = settingsChange.shape[name as keyof typeof settingFields].unwrap() as { options?: readonly string[] };
    expect(control.options.map(([value]) => value).sort()).toEqual([...(schema.options ?? [])].sort());
  }
});

test("empty lines are no values", () => {
  expect(linesOf(" --add-dir\n\n /a b \n")).toEqual(["--add-dir", "/a b"]);
});
