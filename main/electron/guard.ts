import type { WebContents } from "electron";
import type { Electron } from "./electron.ts";
import { pageOrigin } from "./page-files.ts";
import type { WhileDialog } from "./while-dialog.ts";

/**
 * Denies every permission, every request that is not for our own page, and every way for a page to go or open elsewhere. A link
 * is opened outside, after a person has seen where it leads.
 */
export function guard({ app, dialog, session, shell }: Electron, dialogs: WhileDialog): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url) }));
  app.on("web-contents-created", (_event, contents) => confine(contents, openOutside));

  async function openOutside(url: string): Promise<void> {
    const ask = { message: "Open this link in your browser?", detail: url, buttons: ["Open", "Cancel"] };
    const { response } = await dialogs.during(() =>
      dialog.showMessageBox({ type: "question", ...ask, defaultId: 1, cancelId: 1 }),
    );
    if (response === 0) await shell.openExternal(url);
  }
}

/** Pictures in data: URLs are part of the page; devtools: is where Electron's own tools come from. */
function mayLoad(url: string): boolean {
  return url.startsWith(`${pageOrigin}/`) || /^(?:data|devtools):/.test(url);
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
