import { EventEmitter, once } from "node:events";
import { anyWorker } from "../../contract/any-worker.ts";
import type { Caller, CommandName } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { Message } from "../../contract/message.ts";
import type { Reply } from "../../contract/reply.ts";
import type { Request } from "../../contract/request.ts";
import { type Worker, type WorkerId, workerId } from "../../contract/worker.ts";
import type { Team } from "../../main/team/commands.ts";
import { createStore } from "../../main/team/store.ts";

/** How the turn of a message ends. */
type Ending = Pick<Reply, "outcome"> & Partial<Reply>;

interface Made {
  readonly command: CommandName;
  readonly input: unknown;
  readonly by: Caller;
  readonly signal: AbortSignal | undefined;
}

/** A team in memory whose workers do what a test says. It stands in for the core, behind the doors. */
export function scriptedTeam() {
  const world = createWorld();
  const calls: Made[] = [];
  const made = new EventEmitter();
  const commands: Partial<Team> = { ...readingCommands(world), ...actingCommands(world) };
  const team = new Proxy({} as Team, {
    get: (_, command: CommandName) => async (input: never, by: Caller, signal?: AbortSignal) => {
      calls.push({ command, input, by, signal });
      made.emit(command);
      const run = commands[command] as ((...given: unknown[]) => Promise<unknown>) | undefined;
      if (!run) throw new Error(`the scripted team knows no ${command}`);
      return run(input, by, signal);
    },
  });
  return {
    team,
    calls,
    store: world.store,
    add: world.add,
    /** The last call of this command. */
    last: (command: CommandName) => calls.findLast((call) => call.command === command),
    /** Resolves at the next call of this command. */
    called: (command: CommandName) => once(made, command),
    work: ({ id }: Worker) => world.turn(id, { is: "working" }),
    rest: ({ id }: Worker) => world.turn(id, { is: "idle" }),
    ask: ({ id }: Worker, ...requests: Request[]) => world.turn(id, { is: "asking", requests }),
    /** Ends the turn of a message; the worker itself stays in its phase. */
    end({ id }: Worker, message: string, ending: Ending) {
      world.endings.set(message, ending);
      const { phase, receipts } = world.need(id);
      const receipt = receipts.find((sent) => sent.id === message);
      if (receipt) world.store.dispatch({ type: "receipt.moved", id, receipt: { ...receipt, state: "answered" } });
      world.turn(id, phase);
    },
    say: ({ id }: Worker, said: Message[]) => void world.said.set(id, said),
    /** From now on these commands behave otherwise. */
    otherwise: (other: Partial<Team>) => void Object.assign(commands, other),
  };
}

/** A permission that waits for its answer. */
export const permission = (id: string): Request => ({
  id,
  kind: "permission",
  at: blankAt,
  via: "hook",
  proposal: null,
  tool: "Bash",
  title: "Lists files",
  detail: "ls -la",
  agent: null,
});

export type ScriptedTeam = ReturnType<typeof scriptedTeam>;

function createWorld() {
  const store = createStore();
  const all = () => [...store.state.workers.values()];
  return {
    store,
    all,
    endings: new Map<string, Ending>(),
    said: new Map<WorkerId, Message[]>(),
    need(ref: string): Worker {
      const found = all().find((w) => w.id === ref || w.name === ref || w.terminal.ref === ref);
      if (!found) throw new TeamError("WORKER_UNKNOWN", `Session not found: ${ref}`);
      return found;
    },
    add(patch: Partial<Worker> = {}): Worker {
      const id = workerId.parse(`worker-${store.state.workers.size + 1}`);
      const worker = { ...blank(id), ...patch };
      store.dispatch({ type: "worker.opened", worker });
      return worker;
    },
    turn: (id: WorkerId, phase: Worker["phase"]) =>
      store.dispatch({ type: "worker.judged", id, phase, why: [], at: Date.UTC(2026, 10, 22) }),
  };
}

type World = ReturnType<typeof createWorld>;

function readingCommands({ store, all, need, endings, said }: World): Partial<Team> {
  function replyOf(ref: string, message: string | undefined): Reply {
    const worker = need(ref);
    const last = message ?? worker.receipts.at(-1)?.id;
    const asking = worker.phase.is === "asking" ? "asking" : undefined;
    const ending = last === undefined ? undefined : endings.get(last);
    const outcome =
      ending?.outcome ?? asking ?? (last === undefined && worker.phase.is === "idle" ? "none" : "pending");
    return { worker, text: null, messageId: null, at: null, tools: [], problem: null, ...ending, outcome };
  }

  return {
    list: async ({ gone }) => all().filter((w) => gone || w.phase.is !== "gone"),
    status: async ({ worker }) => ({ worker: need(worker), screen: ["one", "  ", "two"], screenError: null }),
    async reply({ worker, message, wait = true }, _by, signal) {
      if (!wait) return replyOf(worker, message);
      return store.until(() => {
        const reply = replyOf(worker, message);
        return reply.outcome === "pending" ? undefined : reply;
      }, signal);
    },
    async wait({ workers, mode }, _by, signal) {
      const ids = workers.map((ref) => need(ref).id);
      return store.until((state) => {
        const known = ids.flatMap((id) => state.workers.get(id) ?? []);
        const settled = known.filter((w) => w.phase.is !== "working" && w.phase.is !== "starting");
        const waiting = known.filter((w) => !settled.includes(w));
        const enough = mode === "any" ? settled.length > 0 : waiting.length === 0;
        return enough ? { settled, waiting } : undefined;
      }, signal);
    },
    async history({ worker, from = 0, to }) {
      const messages = said.get(need(worker).id) ?? [];
      const end = Math.min(to ?? messages.length, messages.length);
      return { messages: messages.slice(from, end), from, to: end, total: messages.length };
    },
  };
}

function actingCommands({ store, add, need, turn }: World): Partial<Team> {
  let messages = 0;
  return {
    async spawn({ cwd, name, model, permissionMode }) {
      if (cwd.startsWith("/missing")) throw new TeamError("DIRECTORY_MISSING", `there is no directory ${cwd}`);
      if (permissionMode === "bypassPermissions") throw new TeamError("NOT_ALLOWED", "no worker may skip permissions");
      return add({ cwd, conversation: "c-1", model: model ?? null, ...(name && { name }) });
    },
    async send({ worker, text }, by) {
      const { id, phase } = need(worker);
      if (text === "") throw new TeamError("MESSAGE_EMPTY", "the message is empty");
      if (phase.is === "asking")
        throw new TeamError("WORKER_ASKING", `${id} asks something`, { facts: { requests: phase.requests } });
      const receipt = { id: `msg-${++messages}`, text, at: 1, by, state: "accepted" as const, notes: [] };
      store.dispatch({ type: "receipt.moved", id, receipt });
      return receipt;
    },
    async answer({ worker, request }) {
      const { id, phase } = need(worker);
      const open = phase.is === "asking" ? phase.requests : [];
      const found = open.find((r) => request === undefined || r.id === request);
      if (!found) throw new TeamError("REQUEST_GONE", `${worker} no longer asks ${request}`);
      return { worker: id, request: found.id, outcome: "answered", via: "hook" };
    },
    async interrupt({ worker }) {
      const { id } = need(worker);
      turn(id, { is: "idle" });
      return need(id);
    },
    async close({ worker, force }) {
      const { id, phase } = need(worker);
      if (phase.is === "working" && !force) throw new TeamError("WORKER_BUSY", `${id} is working`);
      turn(id, { is: "gone", reason: "closed" });
      return need(id);
    },
  };
}

const blankAt = Date.UTC(2026, 10, 22);

const blank = (id: WorkerId): Worker =>
  anyWorker({
    ...{ id, name: id, terminal: { host: "pty", ref: `pty-${id}` } },
    ...{ since: blankAt, openedAt: blankAt, lastActivity: blankAt },
  });
