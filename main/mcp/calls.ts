import type { CallToolResult } from "@modelcontextprotocol/server";
import { TeamError, toTeamError } from "../../contract/error.ts";
import type { Team } from "../team/commands.ts";
import type { Exchange } from "./exchange.ts";
import { failed, succeeded } from "./outcome.ts";
import { tellProgress } from "./progress.ts";
import type { Tool } from "./tool.ts";

export interface CallsDeps {
  readonly team: Team;
  /** Told of every fault of our own, with the id its caller got. */
  report(id: string, cause: unknown): void;
  readonly progressEveryMs: number;
}

/** All tool calls, over both eras. */
export interface Calls {
  /** Never rejects: a failure is a result that says so. */
  perform(tool: Tool, given: Readonly<Record<string, unknown>>, exchange: Exchange): Promise<CallToolResult>;
  /**
   * Answers every call in flight, and every later one: with STOPPING, or STOPPED_MIDWAY where it may have been carried out.
   * Returns how many were in flight.
   */
  stop(): number;
}

export function createCalls({ team, report, progressEveryMs }: CallsDeps): Calls {
  const open = new Map<AbortController, Tool>();
  const stopping = () => new TeamError("STOPPING", "the server stops");
  const midway = () => new TeamError("STOPPED_MIDWAY", "the server stops amid this call");
  const cancelled = () => new TeamError("CANCELLED", "the call was cancelled");
  let stopped = false;

  async function perform(
    tool: Tool,
    given: Readonly<Record<string, unknown>>,
    exchange: Exchange,
  ): Promise<CallToolResult> {
    const controller = new AbortController();
    const { signal } = controller;
    const giveUp = () => controller.abort(cancelled());
    open.set(controller, tool);
    exchange.signal.addEventListener("abort", giveUp);
    try {
      if (stopped) throw stopping();
      if (exchange.signal.aborted) throw cancelled();
      const { doing, run } = tool.prepare(given);
      const call = { team, signal };
      const aborted = rejectOnAbort(signal);
      using _ = tellProgress(exchange, doing && (() => doing(call)), progressEveryMs);
      // Who waits on something that minds no signal is answered at once all the same.
      return succeeded(await Promise.race([aborted, run(call)]));
    } catch (cause) {
      return failed(toTeamError(cause, report), given);
    } finally {
      // In the 2026-07-28 era this signal fires after every completed call, too.
      exchange.signal.removeEventListener("abort", giveUp);
      open.delete(controller);
    }
  }

  function stop(): number {
    stopped = true;
    for (const [controller, { listing }] of open)
      controller.abort(listing.annotations?.readOnlyHint ? stopping() : midway());
    return open.size;
  }

  return { perform, stop };
}

/** The signal lives as long as the call, and its listener with it. */
function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
}
