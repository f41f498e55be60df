import { randomUUID } from "node:crypto";

/** A profile: its keys as iTerm2 writes them, values as in JSON. */
export type Profile = Record<string, unknown>;
type Kind = "text" | "number" | "flag" | "colour" | "list";

const colours = ["Foreground Color", "Background Color", "Bold Color", "Cursor Color", "Selection Color", "Tab Color"];
const palette = Array.from({ length: 16 }, (_, number) => `Ansi ${number} Color`);
const modes = ["", " (Light)", " (Dark)"];

const kinds = new Map<string, Kind>([
  ...each("text", "Name", "Guid", "Description", "Badge Text", "Custom Command", "Command", "Custom Directory"),
  ...each("text", "Working Directory", "Initial Text", "Normal Font", "Terminal Type", "Answerback String", "Subtitle"),
  ...each(
    "number",
    "Close Sessions On End",
    "Prompt Before Closing 2",
    "Session Close Undo Timeout",
    "Scrollback Lines",
  ),
  ...each("number", "Title Components", "Columns", "Rows", "Transparency", "Window Type", "Screen", "Space"),
  ...each("flag", "Unlimited Scrollback", "Use Separate Colors for Light and Dark Mode", "Silence Bell"),
  ...each("flag", "Allow Title Setting", "Sync Title", "Blinking Cursor", "Visual Bell", "Mouse Reporting"),
  ...each("list", "Jobs to Ignore", "Tags", "Bound Hosts"),
  ...modes.flatMap((mode) => each("flag", `Use Tab Color${mode}`)),
  ...modes.flatMap((mode) => each("colour", ...[...colours, ...palette].map((key) => key + mode))),
]);

function each(kind: Kind, ...keys: string[]): [string, Kind][] {
  return keys.map((key) => [key, kind]);
}

/** The profile that iTerm2 ships with, as far as anybody asks for it. */
export function defaultProfile(given: Profile = {}): Profile {
  return {
    Name: "Default",
    Guid: randomUUID().toUpperCase(),
    "Badge Text": "",
    "Custom Command": "No",
    Command: "",
    "Custom Directory": "No",
    "Working Directory": "",
    "Initial Text": "",
    "Close Sessions On End": 1,
    "Prompt Before Closing 2": 0,
    "Session Close Undo Timeout": 5,
    "Scrollback Lines": 1000,
    "Unlimited Scrollback": false,
    "Allow Title Setting": true,
    "Use Separate Colors for Light and Dark Mode": false,
    ...Object.fromEntries(modes.map((mode) => [`Use Tab Color${mode}`, false])),
    Columns: 80,
    Rows: 25,
    ...given,
  };
}

/** Whether a session's own copy takes this. Badge geometry is refused, though legal when a session is made. */
export function fits(key: string, value: unknown): boolean {
  switch (kinds.get(key)) {
    case "text":
      return typeof value === "string";
    case "number":
      return typeof value === "number";
    case "flag":
      return typeof value === "boolean" || value === 0 || value === 1;
    case "colour":
      return isColour(value);
    case "list":
      return Array.isArray(value);
    case undefined:
      return false;
  }
}

function isColour(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return ["Red Component", "Green Component", "Blue Component"].every(
    (part) => part in value && typeof (value as Record<string, unknown>)[part] === "number",
  );
}

export const textIn = (profile: Profile, key: string): string => {
  const value = profile[key];
  return typeof value === "string" ? value : "";
};

export const numberIn = (profile: Profile, key: string): number => {
  const value = profile[key];
  return typeof value === "number" ? value : 0;
};

/** JSON, or undefined for text that is none. */
export function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined; // The caller has a status for it.
  }
}
