import { numberOf, type Rgb, tabColours } from "./colours.ts";

/** A property as iTerm2 takes it: the value is JSON. */
export interface Property {
  readonly key: string;
  readonly jsonValue: string;
}

export interface Looks {
  readonly name: string;
  readonly mark: string;
  readonly cwd: string;
  readonly argv: readonly string[];
}

/** Names, badges, titles, commands and directories are templates to iTerm2: `\(…)` in them would be run. Control characters have no place in any. */
export function plainly(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").replaceAll("\\", "\\\\");
}

/**
 * Words as iTerm2 splits a command: in double quotes a backslash protects a quote and a backslash. `$$…$$` would ask the person
 * for a value.
 */
export function commandLine(argv: readonly string[]): string {
  const word = (text: string) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `"${text.replace(/[\\"]/g, "\\$&")}"`);
  return plainly(
    argv
      .map(word)
      .join(" ")
      .replaceAll("$$", () => "$$$$"),
  );
}

/** An argument of a function that iTerm2 is asked to run; its 3.7.0 betas crash on characters beyond the first plane there. */
export function titleCall(title: string): string {
  const text = plainly(title.replace(/[\u{10000}-\u{10ffff}]/gu, ""));
  return `iterm2.set_title(title: "${text.replace(/[\\"]/g, "\\$&")}")`;
}

/** What a later change of the name sets; the colour stays. */
export const named = (name: string): Property[] => properties({ Name: plainly(name), "Badge Text": plainly(name) });

/** The person's own profile with what a worker's session needs. Nothing is typed into it, and nothing asks before it closes. */
export function creation({ name, mark, cwd, argv }: Looks): Property[] {
  return [
    ...named(name),
    ...properties({
      "Custom Command": "Yes",
      Command: commandLine(argv),
      "Custom Directory": "Yes",
      "Working Directory": plainly(cwd),
      "Initial Text": "",
      "Send Code When Idle": false,
      // Claude Code writes its own title within seconds; the name is how a person tells workers apart.
      "Allow Title Setting": false,
      "Close Sessions On End": 1,
      "Prompt Before Closing 2": 0,
      "Session Close Undo Timeout": 0,
      "Badge Max Width": 0.2,
      "Badge Max Height": 0.08,
      "Use Tab Color": true,
      "Use Tab Color (Light)": true,
      "Use Tab Color (Dark)": true,
    }),
    ...colours(mark),
  ];
}

/** For a window of our own: an ordinary one, wide enough for four panes. */
export const roomy = properties({ "Window Type": 0, Columns: 200, Rows: 56 });

/** The form without a suffix counts while the profile has one set of colours for both themes. */
function colours(mark: string): Property[] {
  const { light, dark } = tabColours(numberOf(mark));
  return properties({
    "Tab Color": toJson(dark),
    "Tab Color (Light)": toJson(light),
    "Tab Color (Dark)": toJson(dark),
  });
}

function toJson({ red, green, blue }: Rgb): Record<string, number | string> {
  const parts = { "Red Component": red, "Green Component": green, "Blue Component": blue, "Alpha Component": 1 };
  return { ...parts, "Color Space": "sRGB" };
}

function properties(values: Record<string, unknown>): Property[] {
  return Object.entries(values).map(([key, value]) => ({ key, jsonValue: JSON.stringify(value) }));
}
