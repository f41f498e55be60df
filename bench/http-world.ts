import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { type Served, serve } from "../e2e/http/served.ts";

/** Our server, and what it is measured against. */
export interface World extends AsyncDisposable {
  readonly served: Served;
  /** Plain JSON-RPC without any protocol, behind the same guard, asking the same team. */
  readonly plainPort: number;
  /** The limit: nothing but node:http and JSON. */
  readonly barePort: number;
}

export async function openWorld(): Promise<World> {
  const served = await serve();
  const plain = await serve({
    handlers: {
      ...closed,
      mcp: async (_, res, body) => {
        const { id } = body as { id: number };
        const reply = await served.scripted.team.reply({ worker: "worker-1", wait: false }, "manager");
        const answer = JSON.stringify({ jsonrpc: "2.0", id, result: reply });
        res.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(answer) });
        res.end(answer);
      },
    },
  });
  const bare = createServer(async (req, res) => {
    const { id } = (await json(req)) as { id: number };
    const answer = JSON.stringify({ jsonrpc: "2.0", id, result: {} });
    res.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(answer) });
    res.end(answer);
  });
  await new Promise<void>((resolve) => bare.listen(0, "127.0.0.1", resolve));
  return {
    served,
    plainPort: plain.http.port,
    barePort: (bare.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      await Promise.all([served.stop(), plain.stop()]);
      bare.closeAllConnections();
      bare.close();
    },
  };
}

const closed = { hook: async () => "", exchange: () => undefined, socket: () => {}, cli: async () => null };

/** How long each of `count` calls took, one after another, in milliseconds. */
export async function timesOf(count: number, call: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  }
  return times;
}
