import * as z from "zod";
import { type Caller, type CommandName, commands, type Output, type Parsed } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { Worker } from "../../contract/worker.ts";
import { answer } from "./answer.ts";
import { close, dismiss, rename } from "./close.ts";
import { closing } from "./closing.ts";
import type { Team } from "./commands.ts";
import { deedOf } from "./deeds.ts";
import type { TeamDeps } from "./deps.ts";
import { digest } from "./digest.ts";
import { history, list, look, screen, status, wait } from "./look.ts";
import { reply } from "./reply.ts";
import { resend } from "./resend.ts";
import { fork, resume } from "./resume.ts";
import { checkCaller } from "./rights.ts";
import type { Roster } from "./roster.ts";
import { addRule, offers, removeRule } from "./rule-book.ts";
import { clear, send, withdraw } from "./send.ts";
import { type Numbers, spawn } from "./spawn.ts";
import { present } from "./waits.ts";

type Handlers = {
  [K in CommandName]: (input: Parsed<K>, by: Caller, signal?: AbortSignal) => Promise<Output<K>> | Output<K>;
};
type Deps = TeamDeps & { roster: Roster; numbers: Numbers };

/** The team: every command, with its caller and its input checked once. */
export function createTeam(deps: Deps): Team {
  const handlers: Handlers = { ...lifeCommands(deps), ...talkCommands(deps), ...houseCommands(deps) };
  const checked = Object.keys(handlers).map((name) => [name, withCheck(name as CommandName, handlers, deps)] as const);
  return Object.fromEntries(checked) as unknown as Team;
}

/** A worker's coming, being looked at, and going. */
function lifeCommands(deps: Deps) {
  const { roster } = deps;
  return {
    spawn: (input, by, signal) => spawn(deps, input, by, signal),
    list: (input) => list(deps, input),
    status: (input) => status(deps, input),
    wait: (input, _by, signal) => wait(deps, input, signal),
    screen: (input, _by, signal) => screen(deps, input, signal),
    resize: async ({ worker, cols, rows }) => {
      await roster.needRunning(worker).terminal.resize(cols, rows);
      return {};
    },
    focus: async ({ worker }) => {
      const { focus, host } = roster.needRunning(worker).terminal;
      if (!focus) throw new TeamError("TERMINAL_HIDDEN", `a ${host} terminal has no window of its own`);
      await focus();
      return {};
    },
    rename: (input) => rename(deps, input),
    look: (input) => look(deps, input),
    digest: (input) => digest(deps, input),
    closing: (input, _by, signal) => closing(deps, input, signal),
    close: (input, by) => close(deps, input, by),
    dismiss: (input, by) => dismiss(deps, input, by),
    resume: (input, by, signal) => resume(deps, input, by, signal),
    fork: (input, by, signal) => fork(deps, input, by, signal),
  } satisfies Partial<Handlers>;
}

/** What is said to a worker, and what it says. */
function talkCommands(deps: Deps) {
  const { roster, store } = deps;
  return {
    send: (input, by) => send(deps, input, by),
    withdraw: (input) => withdraw(deps, input),
    resend: (input, by, signal) => resend(deps, input, by, signal),
    reply: (input, by, signal) => reply(deps, input, by, signal),
    answer: (input, by, signal) => answer(deps, input, by, signal),
    interrupt: async ({ worker }, _by, signal) => {
      const running = roster.needRunning(worker);
      await running.interrupt(signal);
      return present(store.state, running.id);
    },
    clear: (input, _by, signal) => clear(deps, input, signal),
    type: async ({ worker, keys }) => {
      await roster.needRunning(worker).terminal.type(keys);
      return {};
    },
    history: (input) => history(deps, input),
  } satisfies Partial<Handlers>;
}

/** What a person arranges about claude-team itself. */
function houseCommands(deps: Deps) {
  const { premises, timeline } = deps;
  return {
    activity: (input) => timeline.page(input),
    settings: () => premises.settings,
    configure: (input) => premises.configure(() => input),
    rulesFor: (input) => offers(deps, input),
    addRule: (input) => addRule(deps, input),
    removeRule: (input) => removeRule(deps, input),
    rotateToken: async () => {
      await premises.rotateToken();
      return {};
    },
    projects: () => premises.projects(),
    complete: ({ path }) => premises.complete(path),
    checks: (_input, _by, signal) => premises.checks(signal),
    fix: ({ name, change }, _by, signal) => premises.fix(name, change, signal),
  } satisfies Partial<Handlers>;
}

function withCheck<K extends CommandName>(name: K, handlers: Handlers, deps: Deps) {
  return async (input: unknown, by: Caller, signal?: AbortSignal): Promise<Output<K>> => {
    signal?.throwIfAborted();
    checkCaller(name, by);
    const { data, error } = commands[name].input.safeParse(input);
    if (error) throw new TeamError("INPUT_INVALID", z.prettifyError(error));
    const output = await handlers[name](data as Parsed<K>, by, signal);
    const deed = isWorker(output) ? deedOf(name, by, output) : null;
    if (deed) deps.timeline.note(deed);
    return output;
  };
}

const isWorker = (output: unknown): output is Worker =>
  typeof output === "object" && output !== null && "phase" in output && "cwd" in output;
