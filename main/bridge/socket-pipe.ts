import type { Pipe } from "../../contract/frame.ts";

/** What of a `ws` server socket is used here. */
export interface ServerSocket {
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(text: string): void;
  ping(): void;
  close(code: number, reason: string): void;
  terminate(): void;
  on(event: "message", listener: (data: { toString(): string }, isBinary: boolean) => void): unknown;
  on(event: "pong" | "close", listener: () => void): unknown;
  on(event: "error", listener: (cause: Error) => void): unknown;
}

export interface Welcome {
  admits(secret: string): boolean;
  /** Called once, when the secret was right. */
  admitted(pipe: Pipe): void;
  readonly helloMs?: number;
  readonly pingMs?: number;
}

const openState = 1;
const mostCharacters = 1_000_000;
const mostBuffered = 16_000_000;
/** Close codes: what the panel must do next. 4400: connect again. 4401: get a new code. */
const badFrame = 4400;
const notAdmitted = 4401;
const tooSlow = 1013;

/**
 * Makes a pipe of a browser's socket. Its first message must be `{kind:"hello", secret}` within `helloMs` (5 s), else it is
 * closed with 4401. Sockets that do not answer a ping, or do not read what they are sent, are closed.
 */
export function socketPipe(socket: ServerSocket, { admits, admitted, helloMs = 5000, pingMs = 30_000 }: Welcome): void {
  let onFrame: ((frame: unknown) => void) | undefined;
  const closed: (() => void)[] = [];
  const late = setTimeout(() => refuse("no hello came"), helloMs);
  const pulse = keepAlive(socket, pingMs);

  socket.on("message", (data, isBinary) => {
    const text = isBinary ? "" : data.toString();
    const message = text.length > mostCharacters ? undefined : parse(text);
    if (onFrame) return onFrame(message);
    clearTimeout(late);
    if (!isHello(message) || !admits(message.secret)) return refuse("not admitted");
    onFrame = ignore;
    admitted(pipe);
  });
  socket.on("close", () => {
    clearTimeout(late);
    pulse[Symbol.dispose]();
    for (const listener of closed) listener();
  });
  // "close" always follows; without a listener the error would end the process.
  socket.on("error", ignore);

  /** What still arrives while it closes is not heard. */
  function refuse(reason: string): void {
    onFrame = ignore;
    socket.close(notAdmitted, reason);
  }

  const pipe: Pipe = {
    post(frame) {
      if (socket.readyState !== openState) return;
      if (socket.bufferedAmount > mostBuffered) return socket.close(tooSlow, "it does not read what it is sent");
      socket.send(JSON.stringify(frame));
    },
    onFrame: (listener) => {
      onFrame = listener;
    },
    onClose: (listener) => closed.push(listener),
    close: (reason) => socket.close(badFrame, reason),
  };
}

function keepAlive(socket: ServerSocket, everyMs: number): Disposable {
  let alive = true;
  socket.on("pong", () => {
    alive = true;
  });
  const timer = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    if (socket.readyState === openState) socket.ping();
  }, everyMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

const isHello = (message: unknown): message is { kind: "hello"; secret: string } =>
  typeof message === "object" &&
  message !== null &&
  "kind" in message &&
  message.kind === "hello" &&
  "secret" in message &&
  typeof message.secret === "string";

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not a frame: the one who reads it closes the pipe.
    return undefined;
  }
}

function ignore(): void {}
