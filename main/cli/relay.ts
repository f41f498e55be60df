import { once } from "node:events";
import {
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResponse,
  type JSONRPCMessage,
  type JSONRPCNotification,
  type JSONRPCRequest,
  type RequestId,
  type Transport,
} from "@modelcontextprotocol/client";
import type { Running } from "../home/running.ts";
import {
  brokenOff,
  type FarEnd,
  isModern,
  type OpenFarEnd,
  opensSession,
  type Refusal,
  refusalOf,
  undelivered,
} from "./far-end.ts";
import { greet } from "./greet.ts";

export interface RelayDeps {
  /** The client, on standard input and output; not started yet. */
  readonly near: Transport;
  /** The server that runs, started if none does. `gone` no longer listens: it waits until that one has ended. */
  ensure(gone?: Running): Promise<Running>;
  /** Resolves when a server other than this one runs. */
  next(known: Running, signal: AbortSignal): Promise<Running>;
  readonly open: OpenFarEnd;
  report(cause: unknown): void;
}

/** A request of the client that has no answer yet. */
interface Call {
  readonly request: JSONRPCRequest;
  readonly cancel: AbortController;
  via: FarEnd | undefined;
}

/**
 * Carries every message between a client and the server, whatever its era, and keeps the client connected while the server
 * restarts. Resolves when the client has gone.
 */
export async function relay(deps: RelayDeps): Promise<void> {
  await new Relay(deps).run();
}

class Relay {
  readonly #deps: RelayDeps;
  readonly #calls = new Map<RequestId, Call>();
  readonly #ended = new AbortController();
  /** What opened the session, if the client's era has one. */
  #hello: JSONRPCRequest | undefined;
  #far: FarEnd | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: RelayDeps) {
    this.#deps = deps;
  }

  async run(): Promise<void> {
    const { near, report } = this.#deps;
    near.onmessage = (message) => this.#fromNear(message);
    near.onerror = report;
    near.onclose = () => this.#ended.abort();
    await near.start();
    if (!this.#ended.signal.aborted) await once(this.#ended.signal, "abort");
    await this.#far?.close();
  }

  #fromNear(message: JSONRPCMessage): void {
    if (opensSession(message)) this.#hello = message;
    if (isJSONRPCNotification(message) && message.method === "notifications/cancelled") this.#cancel(message);
    else if (isJSONRPCRequest(message)) {
      const call: Call = { request: message, cancel: new AbortController(), via: undefined };
      this.#calls.set(message.id, call);
      void this.#carry(call);
    } else this.#tell(message);
  }

  #fromFar(message: JSONRPCMessage): void {
    if (isJSONRPCResponse(message) && message.id !== undefined) {
      const call = this.#calls.get(message.id);
      if (!this.#calls.delete(message.id)) return;
      if (call?.request === this.#hello) call?.via?.agree(message);
    }
    this.#toNear(message);
  }

  #toNear(message: JSONRPCMessage): void {
    this.#deps.near.send(message).catch(this.#deps.report);
  }

  /** Sends what has no answer; it is not worth starting a server for. */
  #tell(message: JSONRPCMessage): void {
    this.#far?.send(message).catch(this.#deps.report);
  }

  #cancel(message: JSONRPCNotification): void {
    const id = message.params?.requestId as RequestId;
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    if (call && isModern(call.request)) call.cancel.abort();
    else this.#tell(message);
  }

  async #carry(call: Call, failed?: FarEnd): Promise<void> {
    let via: FarEnd | undefined;
    try {
      const known = this.#far !== failed && this.#far;
      via = call.via = known || (await this.#renew(failed, () => this.#deps.ensure()));
      const { signal } = call.cancel;
      await via.send(call.request, { signal, onEnd: () => this.#lose(call) });
    } catch (cause) {
      const isOver = call.cancel.signal.aborted || this.#ended.signal.aborted;
      // Carried by a newer connection meanwhile: this one's failure tells nothing.
      if (isOver || (via && call.via !== via)) return;
      if (!failed && via && undelivered(cause)) await this.#carryAgain(call, via, cause);
      else this.#fail(call, refusalOf(cause));
    }
  }

  async #carryAgain(call: Call, failed: FarEnd, cause: unknown): Promise<void> {
    const refused = undelivered(cause) === "refused";
    // Who only listens goes on when somebody starts the server again.
    if (refused && listens(call)) return;
    try {
      await this.#renew(failed, () => this.#deps.ensure(refused ? failed.running : undefined));
    } catch (again) {
      return this.#fail(call, refusalOf(again));
    }
    await this.#carry(call, failed);
  }

  /** Connects anew unless that has been done since `stale`; one at a time. */
  #renew(stale: FarEnd | undefined, find: () => Promise<Running>): Promise<FarEnd> {
    const renewed = this.#turn.then(async () => {
      if (this.#far && this.#far !== stale) return this.#far;
      return this.#connect(await find());
    });
    this.#turn = renewed.catch(() => undefined); // told to whoever asked
    return renewed;
  }

  async #connect(running: Running): Promise<FarEnd> {
    const [old, hello] = [this.#far, this.#hello];
    const onMessage = (message: JSONRPCMessage) => this.#fromFar(message);
    const greets = hello && !this.#calls.has(hello.id);
    const far = await (greets
      ? greet(this.#deps.open, running, hello, onMessage)
      : this.#deps.open(running, onMessage));
    this.#far = far;
    if (old) this.#leave(old);
    else void this.#follow(running);
    return far;
  }

  /** Its calls end by themselves, answered or broken off; what only listens goes on with the new one. */
  #leave(old: FarEnd): void {
    const calls = [...this.#calls.values()].filter((call) => call.via === old);
    for (const call of calls.filter(listens)) void this.#carry(call);
    if (calls.every(listens)) void old.close();
  }

  /** An idle client is connected again as soon as a new server runs: nothing else would tell it. */
  async #follow(known: Running): Promise<void> {
    try {
      for (let running = known; ; ) {
        const stale = this.#far;
        running = await this.#deps.next(running, this.#ended.signal);
        await this.#renew(stale, async () => running).catch(this.#deps.report);
      }
    } catch (cause) {
      if (!this.#ended.signal.aborted) this.#deps.report(cause);
    }
  }

  #lose(call: Call): void {
    if (!listens(call)) this.#fail(call, brokenOff);
  }

  #fail(call: Call, error: Refusal): void {
    const { id } = call.request;
    if (this.#calls.get(id) !== call) return;
    this.#calls.delete(id);
    this.#toNear({ jsonrpc: "2.0", id, error });
  }
}

/** It only waits for news, so it may be asked again. */
const listens = ({ request }: Call) => request.method === "subscriptions/listen";
