import type { Socket } from "node:net";
import type { Call } from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import type { CallFaults } from "./call-faults.ts";
import { answerTo } from "./calls.ts";
import { createFrameReader, type Frame, makeFrame, opcode } from "./frames.ts";
import type { Happening } from "./happening.ts";
import type { Scene } from "./scene.ts";
import { createSubscriptions } from "./subscriptions.ts";
import { notificationBytes, type Result, readCall, replyBytes } from "./wire.ts";

/** One client, let in. */
export interface Connection {
  receive(chunk: Buffer): void;
  hear(happening: Happening): void;
  lookAtVariables(): void;
  /** Without a Close frame, as when the API is switched off. */
  drop(): void;
}

export interface ConnectionDeps extends Omit<Scene, "subscriptions"> {
  readonly faults: CallFaults;
  readonly called: (call: Call) => void;
}

/** Of the whole frame: longer pings are not answered. */
const longestPing = 125;

export function createConnection(socket: Socket, deps: ConnectionDeps): Connection {
  const write = (bytes: Buffer) => void (socket.writable && socket.write(bytes));
  const send = (bytes: Uint8Array) => write(makeFrame(opcode.binary, bytes));
  // One queue further than replies: a notification comes before or just after the reply to what caused it.
  const subscriptions = createSubscriptions(
    deps.state,
    (body) => void setImmediate(() => deps.main.run(() => send(notificationBytes(body)))),
    deps.complain,
  );
  const scene: Scene = { ...deps, subscriptions };

  /** What takes its time is told by the main thread as well. */
  async function later(answer: Promise<Result>): Promise<Result> {
    const result = await answer;
    if (deps.main.isStalled) await new Promise<void>((turn) => deps.main.run(turn));
    return result;
  }

  async function handle(call: Call): Promise<void> {
    deps.called(call);
    const fault = deps.faults.take(call.call.case);
    if (fault === "drop before") return void socket.destroy();
    const answer = answerTo(call, scene);
    // Awaited only where it must be: a reply that is there already goes out before the next call is heard.
    const result = answer instanceof Promise ? await later(answer) : answer;
    if (fault === "drop after") return void socket.destroy();
    if (fault === "silent") return;
    const frame = makeFrame(opcode.binary, replyBytes(call.id, fault === "empty" ? undefined : result));
    if (fault !== "drop during") return write(frame);
    socket.write(frame.subarray(0, Math.ceil(frame.length / 2)), () => socket.destroy());
  }

  function hearFrame(frame: Frame): void {
    if (!frame.isFinal || frame.opcode === opcode.continuation) {
      deps.complain("a client sent a fragmented message: iTerm2 ends the connection");
      socket.destroy();
    } else if (frame.opcode === opcode.close) {
      socket.end(makeFrame(opcode.close, Buffer.alloc(0)));
    } else if (frame.opcode === opcode.ping && frame.length <= longestPing) {
      write(makeFrame(opcode.pong, frame.payload));
    } else if (frame.opcode === opcode.binary) {
      const call = readCall(frame.payload);
      if (call) deps.main.run(() => void handle(call));
      else deps.complain("a client sent what is no call: iTerm2 drops it without a word");
    } else if (frame.opcode === opcode.text) {
      deps.complain("a client sent text: iTerm2 drops it without a word");
    }
  }

  return {
    receive: createFrameReader((frame) => {
      if (!socket.destroyed) hearFrame(frame);
    }),
    hear: subscriptions.hear,
    lookAtVariables: subscriptions.lookAtVariables,
    drop: () => void socket.destroy(),
  };
}
