import * as z from "zod";
import { permissionMode } from "./worker.ts";

/** `settings.json` in the home folder. Only a person writes it. */
export const settings = z.strictObject({
  /** Claude Code's binary; null finds it. */
  claude: z.string().nullable().default(null),
  terminal: z.enum(["auto", "pty"]).default("auto"),
  port: z.number().int().min(0).max(65_535).default(4517),
  /** Where managers may spawn and trust; empty allows every directory to spawn in, and none to be trusted without a person. */
  allowedRoots: z.array(z.string()).default([]),
  /** May a manager answer permissions and dialogs: after a person's click, at once, or never. */
  managerMayAnswer: z.enum(["ask", "yes", "no"]).default("ask"),
  /** May a manager spawn workers that skip all permissions. */
  managerMayBypass: z.boolean().default(false),
  permissionMode: permissionMode.default("manual"),
  /** Given to every worker, after our own arguments; for what a manager may not set (`--add-dir`, `--mcp-config`). */
  claudeArguments: z.array(z.string()).default([]),
  maxWorkers: z.number().int().min(1).max(200).default(50),
});
export type Settings = z.infer<typeof settings>;
