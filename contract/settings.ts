import * as z from "zod";
import { rule } from "./rule.ts";
import { hostKind, permissionMode } from "./worker.ts";

const modifier = "(?:Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Shift|Super|Meta)";
/** Electron's way to write a shortcut: at least one modifier, then a key. */
const accelerator = new RegExp(`^(?:${modifier}\\+)+(?!${modifier}$)(?:[A-Za-z0-9]{1,12}|[!-/:-@[-\`{-~])$`);

const fields = {
  claude: z.string().min(1).nullable(),
  terminal: z.enum(["auto", ...hostKind.options]),
  keepTerminal: z.boolean(),
  port: z.number().int().min(0).max(65_535),
  allowedRoots: z.array(z.string().startsWith("/", "expected an absolute path")),
  managerMayAnswer: z.enum(["ask", "yes", "no"]),
  managerMayBypass: z.boolean(),
  permissionMode,
  claudeArguments: z.array(z.string()),
  maxWorkers: z.number().int().min(1).max(200),
  appearance: z.enum(["system", "light", "dark"]),
  notifications: z.strictObject({ asking: z.boolean(), finished: z.boolean(), failed: z.boolean() }),
  launchAtLogin: z.boolean(),
  globalShortcut: z.string().regex(accelerator, "expected a shortcut like Alt+Space").nullable(),
};

const told = z.boolean().default(true);

/** `settings.json` in the home folder. Only a person writes it. */
export const settings = z.strictObject({
  /** Claude Code's binary; null finds it. */
  claude: fields.claude.default(null),
  /** Where new workers live; `auto` is iTerm2, else tmux, else the embedded terminal. */
  terminal: fields.terminal.default("auto"),
  /** Leave a worker's iTerm2 pane open after its end. */
  keepTerminal: fields.keepTerminal.default(false),
  port: fields.port.default(4517),
  /** Where managers may spawn and trust; empty allows every directory to spawn in, and none to be trusted without a person. */
  allowedRoots: fields.allowedRoots.default([]),
  /** May a manager answer permissions and dialogs: after a person's click, at once, or never. */
  managerMayAnswer: fields.managerMayAnswer.default("ask"),
  /** May a manager spawn workers that skip all permissions. */
  managerMayBypass: fields.managerMayBypass.default(false),
  permissionMode: fields.permissionMode.default("manual"),
  /** Given to every worker, after our own arguments; for what a manager may not set (`--add-dir`, `--mcp-config`). */
  claudeArguments: fields.claudeArguments.default([]),
  maxWorkers: fields.maxWorkers.default(50),
  /** Standing answers to permissions; see contract/rule.ts. Changed by `addRule` and `removeRule`. */
  rules: z.array(rule).max(1000).default([]),
  appearance: fields.appearance.default("system"),
  /** What to be told of while the panel is not looked at: it asks, it finished, it failed. */
  notifications: z.strictObject({ asking: told, finished: told, failed: told }).prefault({}),
  launchAtLogin: fields.launchAtLogin.default(false),
  /** Opens the panel from anywhere, such as `Alt+Space`; null is none. */
  globalShortcut: fields.globalShortcut.default(null),
});
export type Settings = z.infer<typeof settings>;

/** Some settings, changed by a person. What is left out stays as it is. */
export const settingsChange = z.strictObject(fields).partial();
export type SettingsChange = z.infer<typeof settingsChange>;

/** What may be written into the file at once; a person's change, or the rules. */
export type SettingsPatch = SettingsChange & { readonly rules?: Settings["rules"] };

/** The settings as they count now. */
export const settingsState = z.object({
  values: settings,
  /** Absolute path of settings.json. */
  file: z.string(),
  /** What is wrong with the file, field by field, while the last good values stay in force; null when nothing is. */
  problem: z.string().nullable(),
  /** Fields whose new value counts only after a restart of claude-team. */
  restart: z.array(z.string()),
  /**
   * Fields of trust that were faulty at the start, so that nobody knows what the person meant: each counts in its strictest
   * sense, and managers spawn nowhere when it is where they may. Left out when there are none.
   */
  unknown: z.array(z.string()).optional(),
});
export type SettingsState = z.infer<typeof settingsState>;
