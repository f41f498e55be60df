import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Electron } from "./electron.ts";

/** macOS's words (SMAppService) for what the system has of us. */
export type LoginStatus = "not-registered" | "enabled" | "requires-approval" | "not-found";

/** Where a system keeps what starts at login. */
export interface LoginItem {
  status(): LoginStatus;
  set(on: boolean): void;
  /** Where the system keeps a path: has what stands there lead to this app again, which an update may have renamed. */
  renew?(): void;
}

export type LoginSaid = "quiet" | "needs-approval" | "removed";

/**
 * Hands the setting to the system only when it changed since the last time: a person who removed us in System Settings is not
 * put back at the next start. Pure.
 */
export function loginStep(wanted: boolean, applied: boolean, status: LoginStatus): { set: boolean; said: LoginSaid } {
  const set = wanted !== applied;
  if (!wanted || status === "enabled") return { set, said: "quiet" };
  if (status === "requires-approval") return { set, said: "needs-approval" };
  return { set, said: set ? "quiet" : "removed" };
}

/** Applies the setting once; what it says is for the menu. */
export function applyLogin(item: LoginItem, wanted: boolean, applied: boolean): LoginSaid {
  if (loginStep(wanted, applied, item.status()).set) item.set(wanted);
  else if (wanted) item.renew?.();
  return loginStep(wanted, wanted, item.status()).said;
}

/** The login item of this system; null where there is none for us: unpacked, it would start a bare Electron. */
export function systemLoginItem(
  { app }: Electron,
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
): LoginItem | null {
  if (!app.isPackaged) return null;
  if (platform === "darwin")
    return {
      status: () => app.getLoginItemSettings().status,
      set: (on) => app.setLoginItemSettings({ openAtLogin: on }),
    };
  if (platform !== "linux") return null;
  const config = env.XDG_CONFIG_HOME || join(app.getPath("home"), ".config");
  return autostart(join(config, "autostart", "claude-team.desktop"), env.APPIMAGE || process.execPath);
}

/** The start at login that Linux desktops know: a file in the autostart folder. */
export function autostart(path: string, binary: string): LoginItem {
  return {
    status: () => (existsSync(path) ? "enabled" : "not-registered"),
    set(on) {
      if (!on) return rmSync(path, { force: true });
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, desktopEntry(binary));
    },
    renew() {
      if (!existsSync(path)) return;
      const there = readFileSync(path, "utf8");
      const renewed = there.replace(ownCommand, () => commandLine(binary));
      if (renewed !== there) writeFileSync(path, renewed);
    },
  };
}

/** Starts at login without a window. */
export const quietFlag = "--hidden";

/** As we write it. A person's own command, and what a desktop noted beside it (such as "off"), stay as they are. */
const ownCommand = new RegExp(`^Exec=".*" ${quietFlag}$`, "m");

function commandLine(binary: string): string {
  // The specification wants these four escaped inside quotes, and each backslash doubled once more as in any string.
  const quoted = `"${binary
    .replace(/["`$\\]/g, "\\$&")
    .replaceAll("\\", "\\\\")
    .replaceAll("%", "%%")}"`;
  return `Exec=${quoted} ${quietFlag}`;
}

const desktopEntry = (binary: string) =>
  `[Desktop Entry]\nType=Application\nName=Claude Team\n${commandLine(binary)}\nX-GNOME-Autostart-enabled=true\n`;
