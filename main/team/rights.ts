import type { Caller, CommandName } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { Request } from "../../contract/request.ts";
import type { Settings } from "../../contract/settings.ts";
import type { PermissionMode } from "../../contract/worker.ts";
import type { Premises } from "./premises.ts";

/**
 * Who may call what. A manager leads: it spawns, talks, answers and closes. What shows the person's own things, presses keys,
 * changes what is trusted, or tidies the person's list is the person's.
 */
const callers: Readonly<Record<CommandName, "everyone" | "person">> = {
  spawn: "everyone",
  list: "everyone",
  status: "everyone",
  send: "everyone",
  reply: "everyone",
  answer: "everyone",
  interrupt: "everyone",
  wait: "everyone",
  history: "everyone",
  close: "everyone",
  withdraw: "person",
  resend: "person",
  clear: "person",
  screen: "person",
  type: "person",
  resize: "person",
  rename: "person",
  look: "person",
  closing: "person",
  dismiss: "person",
  focus: "person",
  resume: "person",
  fork: "person",
  digest: "person",
  activity: "person",
  settings: "person",
  configure: "person",
  rulesFor: "person",
  addRule: "person",
  removeRule: "person",
  rotateToken: "person",
  projects: "person",
  complete: "person",
  checks: "person",
  fix: "person",
};

/** Throws NOT_ALLOWED when this caller may not call this command at all; what it may do with it is checked below. */
export function checkCaller(command: CommandName, by: Caller): void {
  if (by === "manager" && callers[command] === "person")
    throw new TeamError("NOT_ALLOWED", `${command} is a person's command`);
}

/** A manager may not lift all permissions unless a person's settings say so. */
export function checkMode(mode: PermissionMode, { managerMayBypass }: Settings, by: Caller): void {
  if (mode !== "bypassPermissions" || by === "person" || managerMayBypass) return;
  throw new TeamError(
    "NOT_ALLOWED",
    "a manager may not spawn workers that skip all permissions (managerMayBypass in settings.json)",
  );
}

/**
 * Claude Code's own commands (2.1.330, with their other names) that widen what a worker may do or reach, move it elsewhere, or
 * write outside of its permissions: `/statusline` brings its own leave to edit the person's settings. `/perm` is completed to
 * the first that fits.
 */
const widening = `
  add-dir allowed-tools auto-mode-setup background bg cd chrome config daemon export hooks ide import install
  install-github-app install-slack-app keybindings login logout marketplace mcp memory permissions plugin plugins rc
  reload-plugins remote remote-control remote-env resume routines sandbox schedule session settings setup-bedrock setup-vertex
  statusline teleport terminal-setup tp web-setup
`
  .trim()
  .split(/\s+/);

/** Commands of their own that only begin like one of these. */
const harmless = new Set(["status"]);

/**
 * A `!` line runs without any permission, so it counts as the answer to one; what widens a worker's reach is a person's.
 * Throws NOT_ALLOWED.
 */
export function checkCommand(command: string, { managerMayAnswer }: Settings, by: Caller): void {
  if (by === "person") return;
  if (command.startsWith("!") && managerMayAnswer !== "yes")
    throw new TeamError("NOT_ALLOWED", "a manager's shell command would run without permission (managerMayAnswer)");
  const name = /^\/\s*(\S+)/.exec(command)?.[1]?.toLowerCase();
  if (name && !harmless.has(name) && widening.some((w) => w.startsWith(name)))
    throw new TeamError("NOT_ALLOWED", `only a person may send /${name}: it changes what a worker may do`);
}

/** What decides where a manager may go. */
type Ground = Pick<Premises, "settings" | "realPath">;

/** What decides where and with what a manager's worker starts. */
const ofSpawning = ["allowedRoots", "claudeArguments"];

/**
 * Once roots are set, a manager stays inside them. `cwd` is a real path. While the file has been faulty since the start, nobody
 * knows what the person had set: then a manager spawns nowhere, and SETTINGS_BROKEN is thrown.
 */
export function checkRoots(cwd: string, { settings, realPath }: Ground, by: Caller): void {
  const { values, unknown, problem } = settings;
  if (by === "person") return;
  const missing = unknown?.filter((field) => ofSpawning.includes(field)) ?? [];
  if (missing.length > 0)
    throw new TeamError(
      "SETTINGS_BROKEN",
      `no manager may spawn while ${missing.join(" and ")} cannot be read: ${problem}`,
    );
  const { allowedRoots } = values;
  if (allowedRoots.length === 0 || inside(cwd, allowedRoots, realPath)) return;
  throw new TeamError("DIRECTORY_OUTSIDE_ROOTS", `${cwd} is outside the allowed roots (${allowedRoots.join(", ")})`);
}

/**
 * Whether this caller's answer counts at once, or waits for a person's click. Questions are a manager's daily work; trusting a
 * directory needs allowed roots that hold it; keys and warnings are a person's. Throws NOT_ALLOWED.
 */
export function mayAnswer(request: Request, cwd: string, { settings, realPath }: Ground, by: Caller): "now" | "ask" {
  const { managerMayAnswer, allowedRoots } = settings.values;
  if (by === "person" || request.kind === "question") return "now";
  if (managerMayAnswer === "no")
    throw new TeamError("NOT_ALLOWED", "settings.json lets only a person answer this (managerMayAnswer)");
  if (request.kind === "permission") return managerMayAnswer === "yes" ? "now" : "ask";
  // Another folder than the project may be what is to be trusted (--add-dir), so the dialog must name this one, on a row of its own.
  const named = request.detail.split("\n").some((row) => row.trim() === cwd);
  if (request.dialog === "trust" && named && inside(cwd, allowedRoots, realPath)) return "now";
  throw new TeamError("NOT_ALLOWED", `only a person may answer the ${request.dialog} dialog here`);
}

/** Whether this real path is one of these roots or in one; they stand as the person wrote them, `/tmp` of a Mac for one. */
function inside(path: string, roots: readonly string[], realPath: Ground["realPath"]): boolean {
  const real = roots.flatMap((root) => realPath(root) ?? []);
  return real.some((root) => path === root || path.startsWith(root.endsWith("/") ? root : `${root}/`));
}
