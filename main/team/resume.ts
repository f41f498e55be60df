import type { Caller, Parsed } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { Worker } from "../../contract/worker.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { TeamDeps } from "./deps.ts";
import { openWorker, started } from "./open-worker.ts";
import type { Roster } from "./roster.ts";
import { type Numbers, newOrder, openNew } from "./spawn.ts";
import { present } from "./waits.ts";

type Deps = TeamDeps & { roster: Roster; numbers: Numbers };

/**
 * An ended worker goes on: its conversation in a new terminal, under its id and name, with its history and its receipts. Throws
 * WORKER_LIVE, CONVERSATION_UNKNOWN, or CONVERSATION_OPEN when somebody has it open: two would write into one file.
 */
export async function resume(deps: Deps, input: Parsed<"resume">, by: Caller, signal?: AbortSignal): Promise<Worker> {
  const worker = deps.roster.need(input.worker);
  const { id, name, phase, model, permissionMode } = worker;
  if (phase.is !== "gone") throw new TeamError("WORKER_LIVE", `${name} is ${phase.is}`);
  using _ = deps.roster.reserve(name, id);
  const conversation = await conversationOf(deps, worker);
  await deps.roster.find(id)?.forgotten;
  await checkClosed(deps, worker, conversation);
  const cwd = await deps.directory(worker.cwd);
  const order = { worker: id, name, cwd, conversation, from: conversation, prompt: null, model, permissionMode };
  const opening = {
    ...{ order, place: input.place, host: input.terminal },
    deed: { by, did: "resumed" as const, what: cwd },
    worker: (terminal: Terminal) => again(present(deps.store.state, id), terminal, deps.clock.now()),
    fact: ({ terminal, since }: Worker) => ({ type: "worker.resumed" as const, id, terminal, at: since }),
  };
  const running = await openWorker(deps, opening, signal);
  await deps.flush().catch(async (cause) => {
    await running.close("it could not be written down that it was resumed");
    throw cause;
  });
  return started(deps, id, false, signal);
}

/** A new worker whose conversation is a copy of this one's; both go on apart from each other. */
export async function fork(deps: Deps, input: Parsed<"fork">, by: Caller, signal?: AbortSignal): Promise<Worker> {
  const worker = deps.roster.need(input.worker);
  using _ = input.name === undefined ? undefined : deps.roster.reserve(input.name);
  const from = await conversationOf(deps, worker);
  const { model, permissionMode } = worker;
  const cwd = await deps.directory(worker.cwd);
  const order = { ...newOrder(deps, input.name, cwd), from, prompt: null, model, permissionMode };
  const opening = { ...input, order, deed: { by, did: "forked" as const, what: `from ${worker.name}` } };
  // Awaited, or its name would be free again while its terminal opens.
  return await openNew(deps, opening, () => undefined, signal);
}

/** Claude Code writes a conversation's file at its first prompt, and can go on only with what is written. */
async function conversationOf({ roster }: Deps, worker: Worker): Promise<string> {
  const { total } = (await roster.transcript(worker)?.page({ from: 0, to: 0 })) ?? { total: 0 };
  if (worker.conversation && total > 0) return worker.conversation;
  throw new TeamError("CONVERSATION_UNKNOWN", `${worker.name} never had a conversation that Claude Code wrote down`);
}

async function checkClosed({ store, claude }: Deps, { id, name }: Worker, conversation: string): Promise<void> {
  const other = [...store.state.workers.values()].find(
    (w) => w.id !== id && w.conversation === conversation && w.phase.is !== "gone",
  );
  if (other) throw new TeamError("CONVERSATION_OPEN", `${other.name} has ${name}'s conversation open`);
  const pid = await claude.running(conversation);
  if (pid !== null) throw new TeamError("CONVERSATION_OPEN", `process ${pid} has ${name}'s conversation open`);
}

function again(worker: Worker, { host, ref }: Terminal, now: number): Worker {
  return {
    ...worker,
    phase: { is: "starting" },
    since: now,
    why: [],
    pid: null,
    terminal: { host, ref },
    activity: null,
    problem: null,
  };
}
