import { accessSync, constants, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { connectManager } from "./mcp.ts";
import { startServer } from "./server.ts";
import { createWorld } from "./world.ts";

test("every build leaves the command executable, as npx expects it after its first link", () => {
  accessSync(resolve(import.meta.dirname, "../../dist/main/cli.js"), constants.X_OK);
});

describe("a server in a world with the fake Claude", () => {
  test.each([
    ["2026-07-28", "v2"],
    ["2025-11-25", "v2"],
    ["2025-11-25", "v1"],
  ] as const)("is led by a client of %s (SDK %s)", async (era, sdk) => {
    await using world = await createWorld({ claude: "fake" });
    const server = await startServer(world);
    await using manager = await connectManager(server, era, { sdk });
    expect(manager.protocol).toBe(era);
    expect((await manager.tools()).map(({ name }) => name)).toContain("spawn_session");
    const order = { project_path: await world.project("one"), prompt: "hello [[text:Hello from the fake]]" };
    const { session_id } = await manager.call<{ session_id: string }>("spawn_session", order);
    const reply = await manager.call("get_response", { session_id, wait: true, timeout: 30 });
    expect(reply).toMatchObject({ last_response: "Hello from the fake", status: "idle" });
    await expect(manager.call("get_response", { session_id: "nobody" })).rejects.toMatchObject({
      code: "WORKER_UNKNOWN",
    });
    await server.stop();
  });

  test("leaves nothing behind when it is stopped, and what a crash leaves ends with the world", async () => {
    const world = await createWorld({ claude: "fake" });
    const server = await startServer(world);
    const manager = await connectManager(server, "2026-07-28");
    const order = { project_path: await world.project("one"), prompt: "[[slow:60]]" };
    await manager.call("spawn_session", order);
    await server.stop();
    const again = await startServer(world);
    const second = await connectManager(again, "2025-11-25");
    await second.call("spawn_session", order);
    await again.kill();
    await world[Symbol.asyncDispose]();
    expect(existsSync(join(world.folder))).toBe(false);
  });
});
