import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Claim, claimHome } from "./claim.ts";
import { type Home, openHome } from "./home.ts";
import { processStart } from "./process-start.ts";
import { findRunning } from "./running.ts";

let folder: string;
let home: Home;
const open: (Server | ChildProcess)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "claude-team-claim-"));
  home = await openHome(join(folder, "home"));
});
afterEach(async () => {
  for (const one of open.splice(0)) "close" in one ? one.close() : one.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

const never = new AbortController().signal;
const claim = () => claimHome(home.paths, () => 1000, never);

async function mine(): Promise<Claim> {
  const claimed = await claim();
  if (claimed.is !== "claimed") throw new Error("somebody else runs");
  return claimed.claim;
}

async function listen(): Promise<number> {
  const server = createServer((_, response) => response.writeHead(404).end());
  open.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** A process that ended by SIGKILL: its id, and the words its start had. */
async function deadProcess(): Promise<{ pid: number; process: string }> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  const pid = child.pid!;
  const start = (await processStart(pid))!;
  child.kill("SIGKILL");
  await once(child, "exit");
  return { pid, process: start };
}

describe("one server a home", () => {
  test("the first start gets the home, and others find it once it is published", async () => {
    const first = await mine();
    expect(first.crashed).toBe(false);
    expect(await findRunning(home.paths)).toBeUndefined();
    const port = await listen();
    await first.publish(port);
    const running = { url: `http://127.0.0.1:${port}/mcp`, panel: `http://127.0.0.1:${port}/`, port, pid: process.pid };
    expect(await findRunning(home.paths)).toMatchObject({ ...running, startedAt: 1000 });
    expect(await claim()).toMatchObject({ is: "running", running });
  });

  test("a start that meets one still starting waits for it", async () => {
    const first = await mine();
    const second = claim();
    await first.publish(await listen());
    expect(await second).toMatchObject({ is: "running" });
  });

  test("a start that meets one that gives up takes over", async () => {
    const first = await mine();
    const second = claim();
    await first.release();
    expect(await second).toMatchObject({ is: "claimed", claim: { crashed: false } });
  });

  test("of many starts at once exactly one gets the home", async () => {
    const port = await listen();
    const claims = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const claimed = await claim();
        if (claimed.is === "claimed") await claimed.claim.publish(port);
        return claimed.is;
      }),
    );
    expect(claims.filter((is) => is === "claimed")).toHaveLength(1);
  });

  test("of many starts at once after a crash exactly one gets the home", async () => {
    const dead = await deadProcess();
    await writeFile(join(home.paths.dir, "lock.7"), JSON.stringify(dead));
    const port = await listen();
    const claims = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const claimed = await claim();
        if (claimed.is === "claimed") await claimed.claim.publish(port);
        return claimed.is;
      }),
    );
    expect(claims.filter((is) => is === "claimed")).toHaveLength(1);
    expect((await readdir(home.paths.dir)).filter((name) => name.startsWith("lock."))).toEqual(["lock.8"]);
  });

  test("a waiting start that is cancelled stops waiting", async () => {
    await mine();
    const cancel = new AbortController();
    const waiting = claimHome(home.paths, () => 1000, cancel.signal);
    cancel.abort();
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("after the end", () => {
  test("a clean stop leaves nothing that runs and no crash", async () => {
    const first = await mine();
    await first.publish(await listen());
    await first.release();
    expect(await findRunning(home.paths)).toBeUndefined();
    expect(await readdir(home.paths.dir)).not.toContain("server.json");
    expect((await mine()).crashed).toBe(false);
  });

  test("a killed server is not found, its home is taken over, and the crash is told once", async () => {
    const dead = await deadProcess();
    await writeFile(join(home.paths.dir, "lock.1"), JSON.stringify(dead));
    await writeFile(home.paths.server, JSON.stringify({ port: 4517, startedAt: 1, ...dead }));
    expect(await findRunning(home.paths)).toBeUndefined();
    const next = await mine();
    expect(next.crashed).toBe(true);
    await next.release();
    expect((await mine()).crashed).toBe(false);
  });

  test("a process that only has the id of the dead server is not taken for it", async () => {
    const stranger = { pid: process.pid, process: "another start" };
    await writeFile(join(home.paths.dir, "lock.1"), JSON.stringify(stranger));
    await writeFile(home.paths.server, JSON.stringify({ port: 4517, startedAt: 1, ...stranger }));
    expect(await findRunning(home.paths)).toBeUndefined();
    expect((await mine()).crashed).toBe(true);
  });

  test("release leaves alone what another server published", async () => {
    const first = await mine();
    await first.publish(await listen());
    const other = JSON.stringify({ port: 1, pid: process.pid, startedAt: 2, process: await processStart(process.pid) });
    await writeFile(home.paths.server, other);
    await first.release();
    expect(await readdir(home.paths.dir)).toContain("server.json");
  });

  test("a server that lives but does not answer is named, not replaced", async () => {
    const first = await mine();
    const server = createServer(() => {});
    open.push(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await first.publish(port);
    await expect(claimHome(home.paths, () => 1000, never, 100)).rejects.toMatchObject({
      code: "SERVER_STUCK",
      message: expect.stringContaining(`${process.pid}`),
    });
  });

  test("one that died while it was starting is replaced in the end", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    open.push(child);
    const holder = { pid: child.pid!, process: (await processStart(child.pid!))! };
    await writeFile(join(home.paths.dir, "lock.1"), JSON.stringify(holder));
    const waiting = claimHome(home.paths, () => 1000, never, 300);
    child.kill("SIGKILL");
    expect(await waiting).toMatchObject({ is: "claimed" });
  });

  test("a server that is ending, its port closed already, is waited for", async () => {
    const first = await mine();
    const port = await listen();
    await first.publish(port);
    const [server] = open.splice(0);
    if (server && "close" in server) server.close();
    const second = claim();
    await first.release();
    expect(await second).toMatchObject({ is: "claimed", claim: { crashed: false } });
  });

  test.each(["", "{", "[]", '{"port":"x"}', "null"])("a server.json of %j is nobody", async (text) => {
    await writeFile(home.paths.server, text);
    expect(await findRunning(home.paths)).toBeUndefined();
    await mine();
  });
});
