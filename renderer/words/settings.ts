import type { SettingsChange } from "../../contract/settings.ts";
import type { PermissionMode } from "../../contract/worker.ts";
import { hostNames } from "./hosts.ts";

/** How a setting is changed. */
export type Control =
  | { readonly is: "choice"; readonly options: readonly (readonly [value: string, words: string])[] }
  | { readonly is: "switch" }
  | { readonly is: "switches"; readonly options: readonly (readonly [key: string, words: string])[] }
  /** `empty`: what stands there while it is null. */
  | { readonly is: "text"; readonly empty: string }
  | { readonly is: "number"; readonly least: number; readonly most: number }
  | { readonly is: "lines"; readonly empty: string }
  | { readonly is: "keys" };

export interface SettingField {
  readonly label: string;
  readonly help?: string;
  readonly control: Control;
}

export type SettingName = keyof SettingsChange;

const onOff: Control = { is: "switch" };

/** The permission modes as a person chooses among them. */
export const modeWords: Readonly<Record<PermissionMode, string>> = {
  manual: "Ask before edits and commands",
  acceptEdits: "Edit freely, ask before commands",
  plan: "Plan only, change nothing",
  bypassPermissions: "Never ask (dangerous)",
};

/** Every setting in a person's words: a new one in the schema does not compile before it has some. */
export const settingFields: Readonly<Record<SettingName, SettingField>> = {
  terminal: {
    label: "Terminal",
    help: "Where new workers live. Automatic is iTerm2, else tmux, else inside claude-team, where workers end with it.",
    control: choice({ auto: "Automatic", ...hostNames }),
  },
  keepTerminal: { label: "Keep a worker’s iTerm2 pane open after its end", control: onOff },
  claude: {
    label: "Claude Code’s binary",
    help: "An absolute path. Empty: the one that your login shell finds.",
    control: { is: "text", empty: "Found by your login shell" },
  },
  claudeArguments: {
    label: "Arguments for every worker",
    help: "One per line, such as --add-dir and its folder. Only a person may set these.",
    control: { is: "lines", empty: "None" },
  },
  permissionMode: {
    label: "Permissions",
    control: choice(modeWords),
  },
  maxWorkers: { label: "Most at a time", control: { is: "number", least: 1, most: 200 } },
  managerMayAnswer: {
    label: "A manager may answer permissions",
    control: choice({ ask: "After my click", yes: "At once", no: "Never" }),
  },
  managerMayBypass: {
    label: "A manager may spawn workers that never ask",
    help: "They run any command without a person.",
    control: onOff,
  },
  allowedRoots: {
    label: "Folders that managers may use",
    help: "One per line. Empty: workers may be spawned everywhere, and you are asked to trust each new folder.",
    control: { is: "lines", empty: "Every folder" },
  },
  appearance: {
    label: "Appearance",
    control: choice({ system: "As the system", light: "Light", dark: "Dark" }),
  },
  notifications: {
    label: "Notify me when a worker",
    control: {
      is: "switches",
      options: [
        ["asking", "needs me"],
        ["finished", "has finished"],
        ["failed", "has failed"],
      ],
    },
  },
  launchAtLogin: { label: "Open at login", help: "A packed app only.", control: onOff },
  globalShortcut: { label: "Shortcut from anywhere", help: "The menu-bar app only.", control: { is: "keys" } },
  port: {
    label: "Port",
    help: "Claude Code’s entry names it too: check the setup above after a change.",
    control: { is: "number", least: 0, most: 65_535 },
  },
};

/** A choice among these values, each with its words, in this order. */
function choice(words: Readonly<Record<string, string>>): Control {
  return { is: "choice", options: Object.entries(words) };
}

/** The settings in the order of the page. */
export const settingGroups: readonly { readonly title: string; readonly names: readonly SettingName[] }[] = [
  {
    title: "Workers",
    names: ["terminal", "keepTerminal", "permissionMode", "maxWorkers", "claude", "claudeArguments"],
  },
  { title: "Managers", names: ["managerMayAnswer", "managerMayBypass", "allowedRoots"] },
  { title: "App", names: ["appearance", "notifications", "globalShortcut", "launchAtLogin", "port"] },
];

/** Lines with something on them. */
export const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
