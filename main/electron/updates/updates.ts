import type { AppUpdater } from "electron-updater";
import { type Build, whyNoUpdates } from "./verdict.ts";

export interface UpdatesDeps {
  readonly build: Build;
  load(): Promise<
    Pick<AppUpdater, "autoDownload" | "autoInstallOnAppQuit" | "logger" | "on" | "checkForUpdates" | "quitAndInstall">
  >;
  /** Told when there is something new to say in the menu. */
  changed(): void;
  report(where: string, cause: unknown): void;
}

export type UpdateState = "off" | "none" | { readonly ready: string };

export interface Updates extends Disposable {
  readonly state: UpdateState;
  /** `found`: there is a newer version, and it is being fetched. `failed`: the log says why. Never rejects. */
  check(): Promise<"found" | "newest" | "failed">;
  /** Only after everything else has ended; ends the app. */
  install(): void;
}

const everyMs = 6 * 60 * 60 * 1000;

/** Looks for a newer version now and then, and fetches it; it is installed when the person restarts or quits, never by itself. */
export async function createUpdates({ build, load, changed, report }: UpdatesDeps): Promise<Updates> {
  if (whyNoUpdates(build) !== undefined) return noUpdates;
  const updater = await load();
  let state: UpdateState = "none";
  updater.autoDownload = true;
  updater.autoInstallOnAppQuit = true;
  updater.logger = null;
  updater.on("error", (cause) => report("updates", cause));
  updater.on("update-downloaded", ({ version }) => {
    state = { ready: version };
    changed();
  });

  async function check(): ReturnType<Updates["check"]> {
    try {
      return (await updater.checkForUpdates())?.isUpdateAvailable ? "found" : "newest";
    } catch {
      // Offline, most often; the updater's own error event has told the cause.
      return "failed";
    }
  }

  const timer = setInterval(() => void check(), everyMs);
  void check();
  return {
    get state() {
      return state;
    },
    check,
    install: () => updater.quitAndInstall(),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/** Of a build that never looks for any. */
export const noUpdates: Updates = { state: "off", check: async () => "newest", install() {}, [Symbol.dispose]() {} };
