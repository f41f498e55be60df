import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import type { CommandName, Input, Output } from "../../contract/commands.ts";
import { advice, type ErrorCode, TeamError } from "../../contract/error.ts";
import { chooseHome, homePaths } from "../home/paths.ts";
import { findRunning, type Running } from "../home/running.ts";
import { readToken } from "../home/token.ts";
import type { Flags } from "./args.ts";
import type { World } from "./world.ts";

/** Calls the server that runs on a home, as the person who typed the command. Throws what it answers, or SERVER_UNREACHABLE. */
export interface Server {
  readonly running: Running;
  call<K extends CommandName>(name: K, input: Input<K>): Promise<Output<K>>;
  /** The panel's address with a single-use code that is good for 60 s. */
  open(): Promise<string>;
  /** Asks it to stop; resolves when it has agreed. */
  stop(): Promise<void>;
}

/** The home that these flags and this environment mean; absolute. */
export const homeOf = (flags: Flags, world: World): string => chooseHome(flags.home, world.env, world.userHome);

/** The server that runs on this home now; throws SERVER_UNREACHABLE when there is none. */
export async function needServer(dir: string): Promise<Server> {
  const running = await findRunning(homePaths(dir));
  if (!running) throw new TeamError("SERVER_UNREACHABLE", `no claude-team runs on ${dir}`);
  return serverAt(running, dir);
}

export async function serverAt(running: Running, dir: string): Promise<Server> {
  const token = await readToken(homePaths(dir).personToken);
  if (!token) throw new TeamError("SERVER_UNREACHABLE", `${dir} has no person-token`);
  const ask = (call: string, input: unknown) => post(running.port, token, { call, input });
  return {
    running,
    call: <K extends CommandName>(name: K, input: Input<K>) => ask(name, input) as Promise<Output<K>>,
    open: async () => ((await ask("open", {})) as { url: string }).url,
    stop: async () => void (await ask("stop", {})),
  };
}

interface Answer {
  readonly value?: unknown;
  readonly error?: { readonly code: ErrorCode; readonly message: string; readonly facts?: Record<string, unknown> };
}

/** No time limit: a call may wait for as long as a worker works. */
async function post(port: number, token: string, body: unknown): Promise<unknown> {
  const json = JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(json),
  };
  const sent = request({ host: "127.0.0.1", port, path: "/cli", method: "POST", headers, agent: false });
  sent.end(json);
  let answer: Answer;
  let status: number | undefined;
  try {
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    status = response.statusCode;
    answer = JSON.parse(await text(response));
  } catch (cause) {
    const fact = status ? `answered ${status} with what is not JSON` : `broke off (${(cause as Error).message})`;
    throw new TeamError("SERVER_UNREACHABLE", `the server on port ${port} ${fact}`, { cause });
  }
  if (status === 200) return answer.value;
  const { code = "INTERNAL", message = `the server answered ${status}`, facts = {} } = answer.error ?? {};
  throw new TeamError(code in advice ? code : "INTERNAL", message, { facts });
}
