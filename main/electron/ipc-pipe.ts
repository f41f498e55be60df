import type { IpcMain, IpcMainEvent, WebContents } from "electron";
import type { Pipe } from "../../contract/frame.ts";
import { pageOrigin } from "./page-files.ts";

/** One channel both ways; preload/preload.ts is its other end. */
const channel = "claude-team";

/**
 * Makes a pipe of each hello that the page in these contents says; a page that was loaded again says it again, which ends
 * the pipe before. Only the main frame of our own origin is heard.
 */
export function acceptPipes(ipcMain: IpcMain, contents: WebContents, accepted: (pipe: Pipe) => void): Disposable {
  let current: IpcPipe | undefined;

  function hear(event: IpcMainEvent, message: unknown): void {
    if (!isOurPage(event, contents)) return;
    const kind = kindOf(message);
    if (kind === "hello" || kind === "bye") current?.end();
    else current?.take(message);
    if (kind === "hello") accepted(begin());
  }

  function begin(): Pipe {
    current = createIpcPipe(contents);
    return current.pipe;
  }

  const gone = () => current?.end();
  ipcMain.on(channel, hear);
  contents.on("render-process-gone", gone);
  contents.on("destroyed", gone);
  return {
    [Symbol.dispose]() {
      ipcMain.off(channel, hear);
      current?.end();
    },
  };
}

interface IpcPipe {
  readonly pipe: Pipe;
  take(frame: unknown): void;
  end(): void;
}

function createIpcPipe(contents: WebContents): IpcPipe {
  let onFrame: (frame: unknown) => void = () => {};
  const closed: (() => void)[] = [];
  let open = true;

  function end(): void {
    if (!open) return;
    open = false;
    for (const listener of closed) listener();
  }

  const send = (message: unknown) => {
    if (open && !contents.isDestroyed()) contents.send(channel, message);
  };
  const pipe: Pipe = {
    post: send,
    onFrame: (listener) => {
      onFrame = listener;
    },
    onClose: (listener) => closed.push(listener),
    close(reason) {
      send({ kind: "closed", reason });
      end();
    },
  };
  return { pipe, take: (frame) => open && onFrame(frame), end };
}

function isOurPage({ sender, senderFrame }: IpcMainEvent, contents: WebContents): boolean {
  return sender === contents && senderFrame === contents.mainFrame && senderFrame.origin === pageOrigin;
}

const kindOf = (message: unknown) =>
  typeof message === "object" && message !== null && "kind" in message ? message.kind : undefined;
