import type { Pipe } from "../../contract/frame.ts";
import { Refused } from "./refused.ts";

const notAdmitted = 4401;

/**
 * Opens a pipe over a WebSocket: says hello with the secret, and resolves when the first frame comes.
 * Rejects with Refused when the secret is not (or no longer) good, with another error when nobody answers.
 */
export function openSocket(url: string, secret: string): Promise<Pipe> {
  const socket = new WebSocket(url);
  return new Promise((resolve, reject) => {
    const early: unknown[] = [];
    let onFrame = (frame: unknown): void => void early.push(frame);
    const pipe: Pipe = {
      post: (frame) => socket.send(JSON.stringify(frame)),
      onFrame(listener) {
        onFrame = listener;
        for (const frame of early.splice(0)) listener(frame);
      },
      onClose: (listener) => socket.addEventListener("close", listener),
      close: (reason) => socket.close(1000, reason),
    };
    socket.addEventListener("open", () => {
      socket.send(JSON.stringify({ kind: "hello", secret }));
      tellWhetherSeen(pipe);
    });
    socket.addEventListener("message", ({ data }) => {
      onFrame(JSON.parse(String(data)));
      resolve(pipe);
    });
    socket.addEventListener("close", ({ code }) => {
      reject(code === notAdmitted ? new Refused() : new Error(`the connection was closed (${code})`));
    });
  });
}

/** A tab that nobody sees asks for no events; in Electron main knows by itself. */
function tellWhetherSeen(pipe: Pipe): void {
  const tell = () => pipe.post({ kind: "seen", seen: document.visibilityState === "visible" });
  document.addEventListener("visibilitychange", tell);
  pipe.onClose(() => document.removeEventListener("visibilitychange", tell));
  if (document.visibilityState !== "visible") tell();
}
