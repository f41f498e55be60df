import type { Caller, Parsed } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { PermissionMode, Worker, WorkerId } from "../../contract/worker.ts";
import { workerId } from "../../contract/worker.ts";
import { toInput } from "../terminal/paste.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { deadline } from "./clock.ts";
import type { TeamDeps } from "./deps.ts";
import { newReceipt } from "./letter.ts";
import type { Order } from "./ports.ts";
import { checkMode, checkRoots } from "./rights.ts";
import type { Roster } from "./roster.ts";
import { present } from "./waits.ts";

/** How long a new worker may stay `starting` before its state is returned as it is. Claude Code needs 0.7–2.2 s. */
const startMs = 20_000;

export interface Numbers {
  /** Never the same twice in one home. */
  worker(): number;
  message(): string;
}

/** Opens a worker and resolves when it takes messages, asks, or works on its first task. Leaves nothing behind when it fails. */
export async function spawn(
  deps: TeamDeps & { roster: Roster; numbers: Numbers },
  input: Parsed<"spawn">,
  by: Caller,
  signal?: AbortSignal,
): Promise<Worker> {
  const at = deps.clock.now();
  using _ = input.name === undefined ? undefined : deps.roster.reserve(input.name);
  const order = await check(deps, input, by);
  const command = await deps.claude.prepare(order, signal);
  const terminal = await openTerminal(deps, order, command, input, signal);
  const worker = newWorker(order, terminal, deps.clock.now());
  deps.store.dispatch({ type: "worker.opened", worker });
  deps.remember(opened(worker));
  const running = deps.roster.attend(worker, terminal);
  try {
    await deps.flush();
  } catch (cause) {
    await undo(deps, worker);
    throw cause;
  }
  if (order.prompt) {
    const note = "given as the first task";
    const receipt = {
      ...newReceipt(deps.numbers.message(), order.prompt, by, at, [note]),
      state: "typed" as const,
    };
    running.mailbox.post({ receipt, plain: order.prompt, chunks: [], command: false, whenBusy: "hold", prompt: null });
  }
  return started(deps, worker.id, order, signal);
}

async function check(deps: TeamDeps & { numbers: Numbers }, input: Parsed<"spawn">, by: Caller): Promise<Order> {
  const { store, settings } = deps;
  const live = [...store.state.workers.values()].filter((w) => w.phase.is !== "gone");
  if (live.length >= settings.maxWorkers)
    throw new TeamError("NOT_ALLOWED", `maxWorkers is ${settings.maxWorkers}, and so many are running`);
  const mode: PermissionMode = input.permissionMode ?? settings.permissionMode;
  checkMode(mode, settings, by);
  const cwd = await deps.directory(input.cwd);
  checkRoots(cwd, settings, by);
  const worker = workerId.parse(`worker-${deps.numbers.worker()}`);
  const common = { worker, name: input.name ?? worker, cwd, conversation: deps.newConversation() };
  // A first task is a message like any other: the CLI would carry out a leading slash, too (Claude Code 2.1.330).
  const prompt = input.prompt === undefined ? null : toInput(input.prompt, "text").plain;
  return { ...common, prompt, model: input.model ?? null, permissionMode: mode };
}

async function openTerminal(
  deps: TeamDeps & { roster: Roster },
  order: Order,
  command: Parameters<TeamDeps["host"]["open"]>[0],
  { place }: Parsed<"spawn">,
  signal?: AbortSignal,
): Promise<Terminal> {
  try {
    const of = place.at === "right" || place.at === "below" ? place.of : undefined;
    const target =
      of === undefined ? place : { at: place.at as "right" | "below", of: deps.roster.need(of).terminal.ref };
    const options = { name: order.name, place: target, mark: order.worker, ...(signal && { signal }) };
    return await deps.host.open(command, options);
  } catch (cause) {
    await deps.claude.forget(order.worker);
    throw cause;
  }
}

function newWorker(order: Order, terminal: Terminal, now: number): Worker {
  const { worker: id, name, cwd, conversation, model, permissionMode } = order;
  const unknown = { transcript: null, pid: null, branch: null, lastReply: null, activity: null, problem: null };
  return {
    ...{ id, name, cwd, conversation, model, permissionMode, ...unknown },
    phase: { is: "starting" },
    since: now,
    why: [],
    terminal: { host: terminal.host, ref: terminal.ref },
    openedAt: now,
    lastActivity: now,
    messageCount: 0,
    unread: false,
    receipts: [],
  };
}

function opened({ id, name, cwd, conversation, terminal, model, permissionMode, openedAt }: Worker) {
  const facts = { id, name, cwd, conversation, terminal, model, permissionMode };
  return { type: "worker.opened", ...facts, conversation: conversation ?? "", at: openedAt } as const;
}

/** A start-up dialog is a start, too: it is for the caller to answer. A process that ends before is a failure, and undone. */
async function started(
  deps: TeamDeps & { roster: Roster },
  id: WorkerId,
  order: Order,
  signal?: AbortSignal,
): Promise<Worker> {
  using limit = deadline(deps.clock, startMs, signal);
  try {
    await deps.store.until((state) => {
      const { phase, receipts } = present(state, id);
      const busy = order.prompt !== null && phase.is === "idle" && receipts.some((r) => r.state === "typed");
      return phase.is === "starting" || busy ? undefined : true;
    }, limit.signal);
  } catch (cause) {
    if (signal?.aborted || !limit.signal.aborted) throw cause;
    return present(deps.store.state, id); // still starting: said as it is, with its reasons
  }
  const worker = present(deps.store.state, id);
  if (worker.phase.is !== "gone") return worker;
  await undo(deps, worker);
  throw new TeamError("CLAUDE_EXITED", `Claude Code ended before it was ready: ${worker.phase.reason}`);
}

async function undo(deps: TeamDeps & { roster: Roster }, { id }: Worker): Promise<void> {
  await deps.roster.find(id)?.terminal.close();
  deps.roster.release(id);
  deps.store.dispatch({ type: "worker.dismissed", id });
  deps.remember({ type: "worker.dismissed", id });
  await deps.claude.forget(id);
}
