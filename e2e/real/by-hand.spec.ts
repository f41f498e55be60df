import { relative } from "node:path";
import { expect, test } from "vitest";
import { claudePath, needsClaude } from "../needs.ts";
import { runCli } from "./manager.ts";
import { startServer } from "./server.ts";
import { createWorld } from "./world.ts";

needsClaude("a person at the command line", () => {
  test("spawns where it was typed, reads the answer, ends the worker, and goes on with it", async () => {
    await using world = await createWorld({ claude: claudePath() });
    await startServer(world);
    const types = async (...words: string[]) => (await runCli(world, ...words)).stdout;
    const here = relative(world.folder, await world.project("shop"));
    expect(await types("spawn", here, "begin [[text:begun]]", "--name", "ann", "--wait")).toBe("begun\n");
    expect(await types("reply", "ann")).toBe("begun\n");
    await types("send", "ann", "more [[text:and more]]");
    expect(await types("wait", "ann")).toMatch(/^worker-1 ann: idle, /);
    expect(await types("rename", "ann", "bea")).toMatch(/^worker-1 bea: idle, /);
    expect(await types("reply", "bea")).toBe("and more\n");
    await types("rename", "bea", "ann");
    expect(await types("close", "ann")).toMatch(/^worker-1 ann: gone, closed by the person\n.* resume worker-1 /);
    expect(await types("list")).toMatch(/^No workers\. .*\n1 ended; --all shows it\.\n$/);
    expect(await types("resume", "ann")).toMatch(/^worker-1 ann: /);
    expect(await types("send", "ann", "go on [[text:gone on]]", "--wait")).toBe("gone on\n");
    await types("close", "ann", "--force");
    await types("dismiss", "ann");
    expect(await types("list", "--all", "--json")).toBe("[]\n");
  });
});
