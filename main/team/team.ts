import * as z from "zod";
import { type Caller, type CommandName, commands, type Output, type Parsed } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import { answer } from "./answer.ts";
import { close, dismiss, rename } from "./close.ts";
import type { Team } from "./commands.ts";
import type { TeamDeps } from "./deps.ts";
import { history, list, screen, status, wait } from "./look.ts";
import { reply } from "./reply.ts";
import type { Roster } from "./roster.ts";
import { clear, send, withdraw } from "./send.ts";
import { type Numbers, spawn } from "./spawn.ts";
import { present } from "./waits.ts";

type Handlers = {
  [K in CommandName]: (input: Parsed<K>, by: Caller, signal?: AbortSignal) => Promise<Output<K>> | Output<K>;
};

/** The team: every command, with its input checked once. */
export function createTeam(deps: TeamDeps & { roster: Roster; numbers: Numbers }): Team {
  const { roster, store } = deps;
  const handlers: Handlers = {
    spawn: (input, by, signal) => spawn(deps, input, by, signal),
    list: (input) => list(deps, input),
    status: (input) => status(deps, input),
    send: (input, by) => send(deps, input, by),
    withdraw: (input) => withdraw(deps, input),
    reply: (input, _by, signal) => reply(deps, input, signal),
    answer: (input, by, signal) => answer(deps, input, by, signal),
    interrupt: async ({ worker }, _by, signal) => {
      const running = roster.needRunning(worker);
      await running.interrupt(signal);
      return present(store.state, running.id);
    },
    clear: (input, _by, signal) => clear(deps, input, signal),
    wait: (input, _by, signal) => wait(deps, input, signal),
    history: (input) => history(deps, input),
    screen: (input, _by, signal) => screen(deps, input, signal),
    type: async ({ worker, keys }, by) => {
      if (by !== "person") throw new TeamError("NOT_ALLOWED", "only a person may press keys in a worker's terminal");
      await roster.needRunning(worker).terminal.type(keys);
      return {};
    },
    resize: async ({ worker, cols, rows }) => {
      await roster.needRunning(worker).terminal.resize(cols, rows);
      return {};
    },
    rename: (input) => rename(deps, input),
    look: ({ worker }) => {
      const { id, unread } = roster.need(worker);
      if (unread) store.dispatch({ type: "worker.looked", id });
      return {};
    },
    close: (input, by) => close(deps, input, by),
    dismiss: (input) => dismiss(deps, input),
  };
  const checked = Object.keys(handlers).map((name) => [name, withCheck(name as CommandName, handlers)] as const);
  return Object.fromEntries(checked) as unknown as Team;
}

function withCheck<K extends CommandName>(name: K, handlers: Handlers) {
  return async (input: unknown, by: Caller, signal?: AbortSignal): Promise<Output<K>> => {
    signal?.throwIfAborted();
    const { data, error } = commands[name].input.safeParse(input);
    if (error) throw new TeamError("INPUT_INVALID", z.prettifyError(error));
    return handlers[name](data as Parsed<K>, by, signal);
  };
}
