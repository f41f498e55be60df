import type { CommandName, Input, Output } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { TeamEvent } from "../../contract/events.ts";
import type { Frame, Pipe } from "../../contract/frame.ts";

export interface Link {
  /** Rejects with a TeamError; with the signal's reason as soon as it is aborted. */
  call<K extends CommandName>(name: K, input: Input<K>, signal?: AbortSignal): Promise<Output<K>>;
}

type Waiter = { resolve(value: unknown): void; reject(cause: unknown): void };

/** The renderer's end of the bridge. Types only, no schemas: main checks what it is sent, and is trusted in what it sends. */
export function connect(pipe: Pipe, onEvent: (event: TeamEvent) => void, onClose: () => void): Link {
  const waiting = new Map<number, Waiter>();
  let last = 0;
  let open = true;

  pipe.onFrame((raw) => {
    const frame = raw as Frame;
    if (frame.kind === "event") onEvent(frame.event);
    if (frame.kind === "result") settle(frame);
  });

  pipe.onClose(() => {
    open = false;
    for (const waiter of waiting.values()) waiter.reject(lost());
    waiting.clear();
    onClose();
  });

  function settle({ id, value, error }: Extract<Frame, { kind: "result" }>): void {
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (error) waiter?.reject(new TeamError(error.code, error.message, { facts: error.facts ?? {} }));
    else waiter?.resolve(value);
  }

  async function call<K extends CommandName>(name: K, input: Input<K>, signal?: AbortSignal): Promise<Output<K>> {
    signal?.throwIfAborted();
    if (!open) throw lost();
    const id = ++last;
    const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
    const cancel = () => {
      waiting.get(id)?.reject(signal?.reason);
      waiting.delete(id);
      pipe.post({ kind: "cancel", id });
    };
    signal?.addEventListener("abort", cancel);
    try {
      pipe.post({ kind: "call", id, name, input });
      return (await answer) as Output<K>;
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
  }

  return { call };
}

const lost = () => new TeamError("SERVER_UNREACHABLE", "the connection to claude-team is closed");
