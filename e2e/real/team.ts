import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { claudePath } from "../needs.ts";
import { connectManager, type Era, type Manager } from "./mcp.ts";
import { type Server, type ServerOptions, startServer } from "./server.ts";
import { createWorld, type World } from "./world.ts";

/** What the tools tell of a worker, as far as the specs look at it. */
export interface Session {
  readonly session_id: string;
  readonly name: string;
  readonly project_path: string;
  readonly status: string;
  readonly is_processing: boolean;
  readonly claude_session_id: string;
  readonly problem: string | null;
  readonly requests: readonly Asked[];
  readonly [key: string]: unknown;
}

export interface Asked {
  readonly request_id: string;
  readonly kind: "permission" | "question" | "dialog";
  readonly tool?: string;
  readonly detail?: string;
  readonly dialog?: string;
  readonly questions?: readonly { question: string; options: readonly { label: string }[] }[];
}

export interface Sent extends Session {
  readonly receipt: { readonly id: string; readonly state: string; readonly notes: readonly string[] };
  readonly response: string | null;
  readonly outcome: string;
  readonly timeout: boolean;
}

/** A manager with its server, in a world with the real Claude Code. */
export interface RealTeam extends AsyncDisposable {
  readonly world: World;
  readonly server: Server;
  readonly manager: Manager;
  /** A worker in a project of its own, or in the one named by `project_path`. */
  spawn(args?: Record<string, unknown>): Promise<Session>;
  /** Sends and waits for the answer. */
  ask(worker: string, message: string, args?: Record<string, unknown>): Promise<Sent>;
  send(worker: string, message: string, args?: Record<string, unknown>): Promise<Sent>;
  status(worker: string): Promise<Session>;
  /** Resolves when the worker asks something, and gives its requests. */
  asks(worker: string): Promise<readonly Asked[]>;
  answer(worker: string, args: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** A person's call, as the command line makes it. */
  person(call: string, input: object): Promise<unknown>;
}

export interface TeamOptions {
  readonly era?: Era;
  readonly settings?: Record<string, unknown>;
  readonly server?: ServerOptions;
  readonly env?: Readonly<Record<string, string>>;
  /** What serves the team in its world; `claude-team serve` unless told otherwise. */
  readonly start?: typeof startServer;
}

/** Managers may answer permissions unless a spec says otherwise: no person sits here. */
const usualSettings = { managerMayAnswer: "yes" };

export async function openTeam(options: TeamOptions = {}): Promise<RealTeam> {
  const world = await createWorld({ claude: claudePath(), ...(options.env && { env: options.env }) });
  await mkdir(world.teamHome, { mode: 0o700 });
  const settings = JSON.stringify({ ...usualSettings, ...options.settings });
  await writeFile(join(world.teamHome, "settings.json"), settings, { mode: 0o600 });
  const { server, manager } = await open(world, options).catch(async (cause) => {
    await world[Symbol.asyncDispose]();
    throw cause;
  });
  return {
    world,
    server,
    manager,
    ...verbs(world, server, manager),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

async function open(world: World, options: TeamOptions) {
  const server = await (options.start ?? startServer)(world, options.server);
  return { server, manager: world.own(await connectManager(server, options.era ?? "2026-07-28")) };
}

let projects = 0;

function verbs(world: World, server: Server, manager: Manager) {
  const send = (session_id: string, message: string, args = {}) =>
    manager.call<Sent>("send_message", { session_id, message, ...args });
  const status = (session_id: string) => manager.call<Session>("get_session_status", { session_id });
  return {
    send,
    status,
    ask: (worker: string, message: string, args = {}) =>
      send(worker, message, { wait_for_response: true, timeout: 60, ...args }),
    async spawn(args: Record<string, unknown> = {}) {
      const project_path = args.project_path ?? (await world.project(`project-${++projects}`));
      return manager.call<Session>("spawn_session", { project_path, ...args });
    },
    async asks(session_id: string) {
      const { requests } = await manager.call<Session>("get_response", { session_id, timeout: 30 });
      if (requests.length === 0)
        throw new Error(`${session_id} asks nothing: ${JSON.stringify(await status(session_id))}`);
      return requests;
    },
    answer: (session_id: string, args: Record<string, unknown>) =>
      manager.call("answer_session", { session_id, ...args }),
    person: (call: string, input: object) => askAsPerson(server, call, input),
  };
}

/** Rejects with the error's code and text. */
async function askAsPerson(server: Server, call: string, input: object): Promise<unknown> {
  const response = await fetch(new URL("/cli", server.url), {
    method: "POST",
    headers: { authorization: `Bearer ${server.personToken}`, "content-type": "application/json" },
    body: JSON.stringify({ call, input }),
  });
  const { value, error } = (await response.json()) as { value?: unknown; error?: { code: string; message: string } };
  if (error) throw new Error(`${error.code}: ${error.message}`);
  return value;
}

/** One team for all specs of a block. */
export function sharedTeam(options: TeamOptions = {}): () => RealTeam {
  let team: RealTeam | undefined;
  beforeAll(async () => {
    team = await openTeam(options);
  });
  afterAll(async () => {
    await team?.[Symbol.asyncDispose]();
  });
  return () => {
    if (!team) throw new Error("the team is not open");
    return team;
  };
}
