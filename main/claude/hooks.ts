import { createHash, timingSafeEqual } from "node:crypto";
import type { Ask, Observation } from "../../contract/observation.ts";
import type { Answer } from "../../contract/request.ts";
import type { Watch } from "../team/ports.ts";
import { describeTool } from "./ask.ts";
import { decisionFor } from "./decision.ts";
import { observe, type Payload, parsePayload } from "./payload.ts";

/** Where the hook calls of all workers come in. */
export interface HookDoor {
  /** Whether this is the worker's own token; takes the same time whatever is wrong with it. */
  authorise(worker: string, token: string): boolean;
  /**
   * Takes one hook's payload and resolves with what Claude Code is to be told: "" is no opinion. A PermissionRequest stays open
   * until it is answered, released, or its caller is gone.
   */
  receive(worker: string, body: unknown, signal: AbortSignal): Promise<string>;
}

export interface HookDeps {
  /** The worker's token; undefined when it has none. */
  tokenOf(worker: string): string | undefined;
  now(): number;
  /** Unique, for the id of a request. */
  randomToken(): string;
}

export interface Hooks {
  readonly door: HookDoor;
  /** Tells what this worker's hooks say from now on. Its end releases every call that waits. */
  listen(worker: string, tell: (observation: Observation) => void): Watch;
}

/** One hook call that waits for a decision. */
interface Held {
  readonly ask: Ask;
  end(reply: string): void;
}

interface Listener {
  readonly tell: (observation: Observation) => void;
  readonly held: Map<string, Held>;
}

export function createHooks({ tokenOf, now, randomToken }: HookDeps): Hooks {
  const listeners = new Map<string, Listener>();

  function authorise(worker: string, token: string): boolean {
    const own = tokenOf(worker);
    return own !== undefined && timingSafeEqual(digest(own), digest(token));
  }

  async function receive(worker: string, body: unknown, signal: AbortSignal): Promise<string> {
    const listener = listeners.get(worker);
    const payload = parsePayload(body);
    if (!listener || !payload || signal.aborted) return "";
    if (payload.hook_event_name === "PermissionRequest") {
      return hold(listener, payload, { request: `req-${randomToken().slice(0, 12)}`, at: now() }, signal, now);
    }
    const observation = observe(payload, now());
    if (observation) listener.tell(observation);
    return "";
  }

  function listen(worker: string, tell: (observation: Observation) => void): Watch {
    const listener: Listener = { tell, held: new Map() };
    listeners.set(worker, listener);
    return {
      answer: (request, answer) => answerHeld(listener.held.get(request), answer),
      release: (request) => listener.held.get(request)?.end(""),
      [Symbol.dispose]() {
        if (listeners.get(worker) === listener) listeners.delete(worker);
        for (const { end } of listener.held.values()) end("");
      },
    };
  }

  return { door: { authorise, receive }, listen };
}

/** Of one length, as the comparison wants it. */
const digest = (token: string) => createHash("sha256").update(token).digest();

function answerHeld(held: Held | undefined, answer: Answer): boolean {
  held?.end(decisionFor(held.ask, answer));
  return held !== undefined;
}

/** Tells what is asked, and waits for whoever ends the call first. */
function hold(
  { tell, held }: Listener,
  payload: Payload,
  { request, at }: { request: string; at: number },
  signal: AbortSignal,
  now: () => number,
): Promise<string> {
  const { session_id: conversation, transcript_path: transcript } = payload;
  const common = { signal: "hook", conversation, transcript } as const;
  const ask = toAsk(request, payload);
  return new Promise((resolve) => {
    const end = (reply: string) => {
      held.delete(request);
      signal.removeEventListener("abort", gone);
      resolve(reply);
    };
    function gone() {
      end("");
      tell({ ...common, at: now(), event: "PermissionRequest.ended", request });
    }
    held.set(request, { ask, end });
    signal.addEventListener("abort", gone);
    tell({ ...common, at, event: "PermissionRequest", ask });
  });
}

function toAsk(request: string, { tool_name: name, tool_input: input, agent_id: agent, cwd }: Payload): Ask {
  const tool = name ?? "";
  return { request, tool, input, cwd, agent: agent || null, ...describeTool(tool, input) };
}
