import type { Electron } from "./electron.ts";

/**
 * What the system did not agree to of a setting: a shortcut that is another app's, the start at login before a person allows it,
 * or why that could not be set at all.
 */
export type Refusal = { readonly shortcut: string } | { readonly login: string } | "launch-at-login";

export const loginSettings = "x-apple.systempreferences:com.apple.LoginItems-Settings.extension";

/** Says it where the person has just changed the setting; the page cannot know. */
export async function explain({ dialog, shell }: Electron, refusal: Refusal): Promise<void> {
  if (refusal !== "launch-at-login") {
    const words =
      "shortcut" in refusal
        ? { message: `${refusal.shortcut} belongs to another app`, detail: "Set another shortcut." }
        : { message: "Opening at login could not be set", detail: refusal.login };
    await dialog.showMessageBox({ type: "info", ...words, buttons: ["OK"] });
    return;
  }
  const { response } = await dialog.showMessageBox({
    type: "info",
    message: "macOS asks you to allow it",
    detail: "Turn Claude Team on in System Settings, under General > Login Items.",
    buttons: ["Open System Settings", "Later"],
    cancelId: 1,
  });
  if (response === 0) await shell.openExternal(loginSettings);
}
