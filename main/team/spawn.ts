import type { Caller, Parsed } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { PermissionMode, Worker, WorkerId } from "../../contract/worker.ts";
import { workerId } from "../../contract/worker.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { TeamDeps } from "./deps.ts";
import { newReceipt } from "./letter.ts";
import { inputFrom } from "./mention.ts";
import { type Opening, openWorker, started } from "./open-worker.ts";
import type { Order } from "./ports.ts";
import { checkMode, checkRoots } from "./rights.ts";
import type { Roster } from "./roster.ts";
import type { Running } from "./running.ts";

export interface Numbers {
  /** Never the same twice in one home. */
  worker(): number;
  message(): string;
}

type Deps = TeamDeps & { roster: Roster; numbers: Numbers };

/** Opens a worker and resolves when it takes messages, asks, or works on its first task. Leaves nothing behind when it fails. */
export async function spawn(deps: Deps, input: Parsed<"spawn">, by: Caller, signal?: AbortSignal): Promise<Worker> {
  const at = deps.clock.now();
  using _ = input.name === undefined ? undefined : deps.roster.reserve(input.name);
  const order = await check(deps, input, by);
  const first = (running: Running) => order.prompt !== null && giveFirstTask(deps, running, order.prompt, by, at);
  const opening = { ...input, order, deed: { by, did: "spawned" as const, what: order.cwd } };
  // Awaited, or its name would be free again while its terminal opens.
  return await openNew(deps, opening, first, signal);
}

/** Opens a worker that was not there before; `first` is done once it is on disk. */
export async function openNew(
  deps: Deps,
  { order, deed, place, terminal: host }: Pick<Opening, "order" | "deed"> & Pick<Parsed<"spawn">, "place" | "terminal">,
  first: (running: Running) => void,
  signal?: AbortSignal,
): Promise<Worker> {
  const repo = await deps.premises.repository(order.cwd);
  const worker = (terminal: Terminal) => newWorker(order, terminal, repo, deps.clock.now());
  const running = await openWorker(deps, { order, deed, place, host, worker, fact: opened }, signal);
  await deps.flush().catch((cause) => undo(deps, running.id, cause));
  first(running);
  return started(deps, running.id, order.prompt !== null, signal).catch((cause) => {
    // Who only gave up waiting leaves the worker to the others.
    if (cause instanceof TeamError && cause.code === "CLAUDE_EXITED") return undo(deps, running.id, cause);
    throw cause;
  });
}

async function check(deps: Deps, input: Parsed<"spawn">, by: Caller): Promise<Order> {
  const settings = deps.settings();
  const mode: PermissionMode = input.permissionMode ?? settings.permissionMode;
  checkMode(mode, settings, by);
  const cwd = await deps.directory(input.cwd);
  checkRoots(cwd, deps.premises, by);
  // A first task is a message like any other: the CLI would carry out a leading slash, too (Claude Code 2.1.330).
  const prompt = input.prompt === undefined ? null : inputFrom(input.prompt, "text", cwd, by).plain;
  return { ...newOrder(deps, input.name, cwd), prompt, model: input.model ?? null, permissionMode: mode };
}

/** What every new worker has of its own. */
export function newOrder({ numbers, newConversation }: Deps, name: string | undefined, cwd: string) {
  const worker = workerId.parse(`worker-${numbers.worker()}`);
  return { worker, name: name ?? worker, cwd, conversation: newConversation(), from: null };
}

function giveFirstTask({ numbers }: Deps, running: Running, prompt: string, by: Caller, at: number): void {
  const note = "given as the first task";
  const receipt = { ...newReceipt(numbers.message(), prompt, by, at, [note]), state: "typed" as const };
  running.mailbox.post({ receipt, plain: prompt, chunks: [], command: false, whenBusy: "hold", prompt: null });
}

function newWorker(order: Order, terminal: Terminal, repo: string | null, now: number): Worker {
  const { worker: id, name, cwd, conversation, model, permissionMode } = order;
  const unknown = { transcript: null, pid: null, branch: null, lastReply: null, activity: null, problem: null };
  return {
    ...{ id, name, cwd, conversation, model, permissionMode, ...unknown, repo },
    phase: { is: "starting" },
    since: now,
    why: [],
    terminal: { host: terminal.host, ref: terminal.ref },
    openedAt: now,
    lastActivity: now,
    messageCount: 0,
    context: null,
    unread: false,
    lookedAt: null,
    receipts: [],
  };
}

function opened({ id, name, cwd, conversation, terminal, model, permissionMode, openedAt }: Worker) {
  const facts = { id, name, cwd, conversation, terminal, model, permissionMode };
  return { type: "worker.opened", ...facts, conversation: conversation ?? "", at: openedAt } as const;
}

async function undo(deps: Deps, id: WorkerId, cause: unknown): Promise<never> {
  await deps.roster.find(id)?.terminal.close();
  deps.roster.release(id);
  deps.store.dispatch({ type: "worker.dismissed", id });
  deps.remember({ type: "worker.dismissed", id });
  await deps.claude.forget(id);
  throw cause;
}
