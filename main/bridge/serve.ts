import * as z from "zod";
import { type CommandName, commands } from "../../contract/commands.ts";
import { TeamError, toTeamError } from "../../contract/error.ts";
import type { TeamEvent } from "../../contract/events.ts";
import { type Frame, frame as frameSchema, type Pipe } from "../../contract/frame.ts";
import { snapshotOf } from "../../contract/reduce.ts";
import type { Team } from "../team/commands.ts";
import type { TeamStore } from "../team/store.ts";
import { createUnseen } from "./unseen.ts";

export interface BridgeDeps {
  readonly team: Team;
  readonly store: TeamStore;
  /** Told of every failure that is our own fault, with the id that the caller gets. */
  report(id: string, cause: unknown): void;
}

type CallFrame = Extract<Frame, { kind: "call" }>;

const mostCalls = 100;

/** Gives one renderer the team, as a person: a snapshot, then every event in order, and answers to its calls. Ends with the pipe. */
export function serve(pipe: Pipe, { team, store, report }: BridgeDeps): Disposable {
  const calls = new Map<number, AbortController>();
  let open = true;
  let wants: ((event: TeamEvent) => boolean) | undefined;

  const events = store.subscribe((event) => {
    if (wants?.(event) ?? true) post({ kind: "event", event });
  });
  post({ kind: "event", event: snapshotOf(store.state) });
  pipe.onFrame(take);
  pipe.onClose(release);
  return { [Symbol.dispose]: () => end("claude-team is stopping") };

  function take(raw: unknown): void {
    if (!open) return;
    const { data } = frameSchema.safeParse(raw);
    if (data?.kind === "cancel") calls.get(data.id)?.abort();
    else if (data?.kind === "seen") turn(data.seen);
    else if (data?.kind !== "call") end("only calls, cancels and whether it is seen are understood here");
    else if (calls.has(data.id)) end(`call ${data.id} is still open`);
    else void answer(data);
  }

  function turn(seen: boolean): void {
    if (seen && wants) post({ kind: "event", event: snapshotOf(store.state) });
    if (seen) wants = undefined;
    else wants ??= createUnseen(store.state);
  }

  async function answer({ id, name, input }: CallFrame): Promise<void> {
    const controller = new AbortController();
    calls.set(id, controller);
    try {
      if (calls.size > mostCalls) throw new TeamError("INPUT_INVALID", `more than ${mostCalls} calls are open`);
      const value = await run(team, name, input, controller.signal);
      post({ kind: "result", id, value });
    } catch (cause) {
      const { code, message, facts } = toTeamError(cause, report);
      post({ kind: "result", id, error: { code, message, facts } });
    } finally {
      calls.delete(id);
    }
  }

  /** A pipe that fails must harm neither the one who dispatched the event nor the other panels. */
  function post(frame: Frame): void {
    if (!open) return;
    try {
      pipe.post(frame);
    } catch (cause) {
      report("pipe", cause);
      end("it could not be written to");
    }
  }

  function end(reason: string): void {
    if (!open) return;
    release();
    pipe.close(reason);
  }

  function release(): void {
    open = false;
    events[Symbol.dispose]();
    for (const controller of calls.values()) controller.abort();
  }
}

async function run(team: Team, name: string, input: unknown, signal: AbortSignal): Promise<unknown> {
  if (!isCommand(name))
    throw new TeamError("INPUT_INVALID", `there is no command ${JSON.stringify(name.slice(0, 80))}`);
  const { data, error } = commands[name].input.safeParse(input);
  if (error) throw new TeamError("INPUT_INVALID", z.prettifyError(error));
  // The table proves that the input fits the command; the compiler cannot follow one name through both.
  const command = team[name] as (input: unknown, by: "person", signal: AbortSignal) => Promise<unknown>;
  return command(data, "person", signal);
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);
