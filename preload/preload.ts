import { contextBridge, ipcRenderer } from "electron";

/** One channel both ways; main/electron/ipc-pipe.ts is its other end. */
const channel = "claude-team";

let onFrame: (frame: unknown) => void = () => {};
let onClose: () => void = () => {};

ipcRenderer.on(channel, (_event, message: { kind?: unknown; to?: unknown } | null) => {
  if (message?.kind === "closed") onClose();
  else if (message?.kind === "go") goTo(String(message.to));
  else onFrame(message);
});

/** Places are fragments, as in a browser's panel; asked for twice, it is gone to twice. */
function goTo(place: string): void {
  history.replaceState(null, "", location.pathname);
  location.hash = place;
}

/** Esc hides the popover, unless the page has a use for it. */
addEventListener("keydown", (event) => {
  const { key, isComposing, defaultPrevented } = event;
  if (key !== "Escape" || isComposing || defaultPrevented || document.querySelector("dialog[open], :popover-open"))
    return;
  ipcRenderer.send(channel, { kind: "dismiss" });
});

/** All that the page gets: one pipe. Each new listener takes the place of the one before. */
contextBridge.exposeInMainWorld("claudeTeam", {
  post: (frame: unknown) => ipcRenderer.send(channel, frame),
  onFrame: (listener: (frame: unknown) => void) => {
    onFrame = listener;
  },
  onClose: (listener: () => void) => {
    onClose = listener;
  },
});
