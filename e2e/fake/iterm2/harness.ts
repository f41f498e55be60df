import { afterEach, vi } from "vitest";
import { type Iterm2, type Iterm2Options, startIterm2 } from "./iterm2.ts";
import { goodHeaders, type RawClient, shakeHands } from "./raw-client.ts";

/** Everything at once: what waits in iTerm2 for the eye of a person. */
const noDelays = { launch: 0, repaint: 0, idleRepaint: 1, quiet: 60_000, fullscreen: 0 };

// Real processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const started: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one[Symbol.asyncDispose]();
});

export async function simulator(options: Iterm2Options = {}): Promise<Iterm2> {
  const made = await startIterm2({ delays: noDelays, env: { PS1: "$ " }, ...options });
  started.push(made);
  return made;
}

export async function connected(to: Iterm2): Promise<RawClient> {
  const { client, head } = await shakeHands(to.socket, goodHeaders(to.cookie().cookie));
  if (!head.startsWith("HTTP/1.1 101")) throw new Error(head);
  started.unshift({ [Symbol.asyncDispose]: async () => void client.socket.destroy() });
  return client;
}

/** A session that runs this script, and nothing before or after it. */
export async function running(client: RawClient, script: string, more: Record<string, unknown> = {}): Promise<string> {
  const properties = {
    "Custom Command": "Yes",
    Command: `/bin/sh -c "${script.replace(/[\\"]/g, "\\$&")}"`.replaceAll("\\", "\\\\"),
    ...more,
  };
  const { sessionId = "" } = await client.call("createTab", {
    customProfileProperties: Object.entries(properties).map(([key, value]) => ({
      key,
      jsonValue: JSON.stringify(value),
    })),
  });
  return sessionId;
}

const screenUpdate = 2;

/** The first screen that fits, looked at whenever something was drawn. */
export async function shows(client: RawClient, session: string, fits: (rows: string[]) => boolean) {
  await client.subscribe(screenUpdate, session);
  for (let seen = 0; ; seen++) {
    const buffer = await client.call("getBuffer", {
      session,
      lineRange: { screenContentsOnly: true },
      includeStyles: true,
    });
    if (fits(buffer.contents.map(({ text = "" }) => text))) return buffer;
    await client.hears(
      (one) =>
        one.screenUpdate?.session === session && client.heard.filter((two) => two.screenUpdate).indexOf(one) >= seen,
    );
  }
}
