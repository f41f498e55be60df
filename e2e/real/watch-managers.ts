import { once } from "node:events";
import { WebSocket } from "ws";
import * as z from "zod";
import { createWaiting } from "../../main/demo/waiting.ts";
import { runCli } from "./manager.ts";
import type { World } from "./world.ts";

/** What the panel shows of connected managers. */
export interface ManagersWatch {
  /** Resolves when the panel shows so many. */
  until(count: number): Promise<unknown>;
}

const frame = z.looseObject({ event: z.looseObject({ managers: z.number() }) });
const patienceMs = 45_000;

/** Lets itself in as the page does that `claude-team open` shows. It ends with the world. */
export async function watchManagers(world: World): Promise<ManagersWatch> {
  const { stdout } = await runCli(world, "open", "--json");
  const { origin, hash } = new URL(z.object({ url: z.url() }).parse(JSON.parse(stdout)).url);
  const secret = await exchange(origin, hash.replace("#code=", ""));
  const socket = new WebSocket(new URL("/bridge", origin.replace("http", "ws")), { origin });
  world.own({ [Symbol.asyncDispose]: async () => socket.terminate() });
  const waiting = createWaiting();
  let managers: number | undefined;
  socket.on("message", (data) => {
    managers = frame.safeParse(JSON.parse(String(data))).data?.event.managers ?? managers;
    waiting.changed();
  });
  await once(socket, "open");
  socket.send(JSON.stringify({ kind: "hello", secret }));
  const until = (count: number) =>
    waiting
      .until(() => managers === count || undefined, AbortSignal.timeout(patienceMs))
      .catch((cause) => {
        throw new Error(`the panel shows ${managers} managers, not ${count}`, { cause });
      });
  return { until };
}

async function exchange(origin: string, code: string): Promise<string> {
  const response = await fetch(new URL("/panel/session", origin), {
    method: "POST",
    headers: { origin, "content-type": "application/json" },
    body: JSON.stringify({ code }),
  });
  return z.object({ secret: z.string() }).parse(await response.json()).secret;
}
