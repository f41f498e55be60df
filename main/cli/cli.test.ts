import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { fakeServer, person, someWorker } from "./test-kit.ts";

const entry = ["--import", "tsx", resolve(import.meta.dirname, "../cli.ts")];

test("what is longer than a pipe holds comes through whole", async () => {
  await using ann = await person({ env: { PATH: process.env.PATH } });
  const workers = Array.from({ length: 300 }, () => someWorker({ activity: "x".repeat(2000) }));
  await using _ = await fakeServer(ann.dir, { list: () => workers });
  const child = spawn(process.execPath, [...entry, "list", "--json"], { env: ann.env });
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toHaveLength(300);
});
