import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { afterEach, beforeEach } from "vitest";
import { anyWorker } from "../../contract/any-worker.ts";
import { type ErrorCode, TeamError } from "../../contract/error.ts";
import type { Request } from "../../contract/request.ts";
import type { Worker } from "../../contract/worker.ts";
import { claimHome } from "../home/claim.ts";
import { type Home, openHome } from "../home/home.ts";
import { run } from "./run.ts";
import type { World } from "./world.ts";

/** What one command line did. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A person at a terminal with an empty home in an empty folder. */
export interface Person extends AsyncDisposable {
  readonly folder: string;
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
  types(...argv: string[]): Promise<Ran>;
}

interface Habits {
  readonly env?: NodeJS.ProcessEnv;
  /** What comes on standard input; a person sits there with `tty`. */
  readonly input?: string;
  readonly tty?: boolean;
  readonly columns?: number;
  readonly self?: readonly [string, ...string[]];
}

export async function person(habits: Habits = {}): Promise<Person> {
  const folder = await mkdtemp(join(tmpdir(), "claude-team-cli-"));
  const dir = join(folder, "home");
  const env = { HOME: folder, PATH: "/nowhere", CLAUDE_TEAM_HOME: dir, ...habits.env };
  return {
    folder,
    dir,
    env,
    async types(...argv) {
      const said = { out: "", err: "" };
      const world: World = {
        env,
        userHome: folder,
        columns: () => habits.columns ?? 160,
        cwd: () => folder,
        input: Object.assign(Readable.from(habits.input ?? ""), { isTTY: habits.tty ?? false }),
        out(text) {
          said.out += text;
        },
        err(text) {
          said.err += text;
        },
        self: habits.self ?? ["/nowhere/node"],
        interrupted: () => new AbortController().signal,
        onFault: () => undefined,
      };
      return { code: await run(argv, world), ...said };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What every server answers, unless a test says otherwise. */
const usual: Answers = { settings: () => ({ problem: null, values: { terminal: "auto" } }) };

type Answers = Readonly<Record<string, (input: never) => unknown>>;

/** A server on this person's home that answers calls as told; it stands in for the house behind its `/cli` door. */
export interface FakeServer extends AsyncDisposable {
  readonly home: Home;
  readonly port: number;
  readonly calls: { readonly call: string; readonly input: unknown }[];
  /** What the first call of this name was given. */
  asked(call: string): unknown;
  end(): Promise<void>;
}

export async function fakeServer(dir: string, answers: Answers): Promise<FakeServer> {
  const home = await openHome(dir);
  const claimed = await claimHome(home.paths, () => 1, new AbortController().signal);
  if (claimed.is !== "claimed") throw new Error("a server runs already");
  const calls: FakeServer["calls"] = [];
  const server = createServer(async (request, response) => {
    const reply = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body));
    if (request.headers.authorization !== `Bearer ${home.personToken}`)
      return reply(401, { error: { code: "NOT_ALLOWED", message: "token" } });
    const { call, input } = (await json(request)) as { call: string; input: never };
    calls.push({ call, input });
    try {
      reply(200, { value: (await { ...usual, ...answers }[call]?.(input)) ?? null });
    } catch (cause) {
      const { code, message, facts } = cause as TeamError;
      reply(409, { error: { code, message, facts } });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await claimed.claim.publish(port);
  let ended: Promise<void> | undefined;
  const stop = async () => {
    await claimed.claim.release();
    server.closeAllConnections();
    server.close();
  };
  // A test that has it stopped by a call is over as soon as the command has seen that; the home must stay until all is done.
  const end = () => (ended ??= stop());
  const asked = (name: string) => calls.find(({ call }) => call === name)?.input;
  return { home, port, calls, asked, end, [Symbol.asyncDispose]: end };
}

export const refuse = (code: ErrorCode, message: string) => () => {
  throw new TeamError(code, message);
};

/** `worker-1`, called api, idle for a minute. */
export const someWorker = (patch: Partial<Worker> = {}): Worker =>
  anyWorker({ name: "api", since: Date.now() - 65_000, conversation: "c-1", pid: 1, ...patch });

export const somePermission: Request = {
  ...{ id: "req-1", at: 0, via: "hook", proposal: null, agent: null },
  ...{ kind: "permission", tool: "Bash", title: "Removes the build", detail: "rm -rf dist\nls" },
};

/** For the tests of one file: a person, new for each, and the server on her home, once it answers. */
export function atTheTerminal() {
  let me: Person;
  let server: FakeServer | undefined;
  beforeEach(async () => {
    me = await person();
  });
  afterEach(async () => {
    await server?.[Symbol.asyncDispose]();
    server = undefined;
    await me[Symbol.asyncDispose]();
  });
  return {
    get me() {
      return me;
    },
    get server() {
      if (!server) throw new Error("nothing answers yet");
      return server;
    },
    types: (...argv: readonly string[]) => me.types(...argv),
    async answers(answers: Answers) {
      server = await fakeServer(me.dir, answers);
      return server;
    },
    /** Another person in the place of the usual one. */
    async is(habits: Habits) {
      await me[Symbol.asyncDispose]();
      me = await person(habits);
    },
  };
}
