import { once } from "node:events";
import type { WebContents } from "electron";
import type { Electron } from "./electron.ts";
import { pageOrigin } from "./page-files.ts";
import type { WhileDialog } from "./while-dialog.ts";

/** What the page may do beyond its own window: to put on the clipboard what a person copies. */
const granted = "clipboard-sanitized-write";

/**
 * Denies every other permission, every request that is not for our own page, every file but those the page has made, and every
 * way for a page to go or open elsewhere. A link is opened outside, after a person has seen where it leads.
 */
export function guard({ app, dialog, session, shell }: Electron, dialogs: WhileDialog): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === granted));
  defaultSession.setPermissionCheckHandler((_contents, permission) => permission === granted);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url) }));
  defaultSession.on("will-download", (event, item) => {
    if (!isMade(item.getURL())) event.preventDefault();
    // Where it goes is asked in a dialog of the system's.
    else void dialogs.during(() => once(item, "done"));
  });
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
  return url.startsWith(`${pageOrigin}/`) || isMade(url) || /^(?:data|devtools):/.test(url);
}

/** Such as an export of the timeline. */
const isMade = (url: string) => url.startsWith(`blob:${pageOrigin}/`);

function confine(contents: WebContents, openOutside: (url: string) => Promise<void>): void {
  contents.on("will-navigate", (event) => event.preventDefault());
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (/^https:\/\//i.test(url)) void openOutside(url);
    return { action: "deny" };
  });
}
