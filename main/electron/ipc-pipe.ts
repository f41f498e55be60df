import type { IpcMain, IpcMainEvent, WebContents } from "electron";
import type { TeamEvent } from "../../contract/events.ts";
import type { Frame, Pipe } from "../../contract/frame.ts";
import { pageOrigin } from "./page-files.ts";

/** One channel both ways; preload/preload.ts is its other end. */
const channel = "claude-team";

export interface PageCalls {
  /** Gets a pipe for each hello of the page; a page that was loaded again says it again, which ends the pipe before. */
  accepted(pipe: Pipe): void;
  /** The person pressed Esc where the page had nothing to close. */
  dismissed(): void;
}

/** The end of the channel that the page in one window talks to. */
export interface PageLine extends Disposable {
  /** Tells the page where to go (a worker's id, or `settings`); once it listens, if it does not yet. */
  goTo(place: string): void;
  /** A page that nobody sees gets no events, so that it costs nothing; answers to its calls still arrive. */
  sleep(): void;
  /** From now on it gets events again, after this one that makes up for those it missed. */
  wake(snapshot: TeamEvent): void;
}

/** Listens to one window's page; only the main frame of our own origin is heard. */
export function openPageLine(ipcMain: IpcMain, contents: WebContents, calls: PageCalls): PageLine {
  let current: IpcPipe | undefined;
  let asleep = false;
  let place: string | undefined;

  function hear(event: IpcMainEvent, message: unknown): void {
    if (!isOurPage(event, contents)) return;
    const kind = kindOf(message);
    if (kind === "dismiss") calls.dismissed();
    else if (kind === "hello") begin();
    else if (kind === "bye") current?.end();
    else current?.take(message);
  }

  function begin(): void {
    current?.end();
    current = createIpcPipe(contents, () => asleep);
    calls.accepted(current.pipe);
    if (place !== undefined) goTo(place);
  }

  function goTo(to: string): void {
    place = current?.isOpen() ? undefined : to;
    if (place === undefined) contents.send(channel, { kind: "go", to });
  }

  const gone = () => current?.end();
  ipcMain.on(channel, hear);
  contents.on("render-process-gone", gone);
  contents.on("destroyed", gone);
  return {
    goTo,
    sleep: () => {
      asleep = true;
    },
    wake(snapshot) {
      if (asleep && current?.isOpen()) contents.send(channel, { kind: "event", event: snapshot } satisfies Frame);
      asleep = false;
    },
    [Symbol.dispose]() {
      ipcMain.off(channel, hear);
      current?.end();
    },
  };
}

interface IpcPipe {
  readonly pipe: Pipe;
  take(frame: unknown): void;
  isOpen(): boolean;
  end(): void;
}

function createIpcPipe(contents: WebContents, asleep: () => boolean): IpcPipe {
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
    post(frame) {
      if (frame.kind !== "event" || !asleep() || frame.event.type === "team.snapshot") send(frame);
    },
    onFrame: (listener) => {
      onFrame = listener;
    },
    onClose: (listener) => closed.push(listener),
    close(reason) {
      send({ kind: "closed", reason });
      end();
    },
  };
  return { pipe, take: (frame) => open && onFrame(frame), isOpen: () => open, end };
}

function isOurPage({ sender, senderFrame }: IpcMainEvent, contents: WebContents): boolean {
  return sender === contents && senderFrame === contents.mainFrame && senderFrame.origin === pageOrigin;
}

const kindOf = (message: unknown) =>
  typeof message === "object" && message !== null && "kind" in message ? message.kind : undefined;
