import { contextBridge, ipcRenderer, webUtils } from "electron";

/** One channel both ways; main/electron/ipc-pipe.ts is its other end. */
const channel = "claude-team";

let onFrame: (frame: unknown) => void = () => {};
let onClose: () => void = () => {};

ipcRenderer.on(channel, (_event, message: { kind?: unknown } | null) => {
  if (message?.kind === "closed") onClose();
  else onFrame(message);
});

/** All that the page gets: one pipe, and where a file is that a person dropped. Each new listener takes the place of the one before. */
contextBridge.exposeInMainWorld("claudeTeam", {
  post: (frame: unknown) => ipcRenderer.send(channel, frame),
  onFrame: (listener: (frame: unknown) => void) => {
    onFrame = listener;
  },
  onClose: (listener: () => void) => {
    onClose = listener;
  },
  pathOf: (file: File) => webUtils.getPathForFile(file),
});
