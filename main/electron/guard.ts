import type { WebContents } from "electron";
import type { Electron } from "./electron.ts";

/** Denies every permission, and every way for a page to go or open elsewhere. A link is opened outside, after a person has seen where it leads. */
export function guard({ app, dialog, session, shell }: Electron): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  app.on("web-contents-created", (_event, contents) => confine(contents, openOutside));

  async function openOutside(url: string): Promise<void> {
    const { response } = await dialog.showMessageBox({
      type: "question",
      message: "Open this link in your browser?",
      detail: url,
      buttons: ["Open", "Cancel"],
      defaultId: 1,
      cancelId: 1,
    });
    if (response === 0) await shell.openExternal(url);
  }
}

function confine(contents: WebContents, openOutside: (url: string) => Promise<void>): void {
  contents.on("will-navigate", (event) => event.preventDefault());
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (/^https:\/\//i.test(url)) void openOutside(url);
    return { action: "deny" };
  });
}
