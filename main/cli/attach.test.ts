import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Worker } from "../../contract/worker.ts";
import { type FakeServer, fakeServer, type Person, person, someWorker } from "./test-kit.ts";

let me: Person;
let server: FakeServer | undefined;
beforeEach(async () => {
  me = await person({ env: { TMUX: "/the/person's,1,0" } });
});
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
  await me[Symbol.asyncDispose]();
});

async function attachTo(patch: Partial<Worker>) {
  server = await fakeServer(me.dir, { status: () => ({ worker: someWorker(patch), screen: [], screenError: null }) });
  return me.types("attach", "api");
}

test("opens a worker's tmux terminal in this one, from inside another tmux too, ends as that ends, and gives its size back", async () => {
  const seen = join(me.folder, "seen");
  const tmux = join(me.folder, "tmux");
  const script = `echo "<$TMUX> $*" >> '${seen}'\n[ "$3" = display-message ] && echo 0 120 40\n[ "$3" != set-option ]`;
  await writeFile(tmux, `#!/bin/sh\n${script} || exit 4\n`);
  await chmod(tmux, 0o755);
  Object.assign(me.env, { PATH: me.folder, CLAUDE_TEAM_TMUX_SOCKET: "mine" });
  const { code } = await attachTo({ terminal: { host: "tmux", ref: "tmux:worker-1-00ff" } });
  expect(code).toBe(4);
  const pane = "-t =worker-1-00ff:";
  const [enter = "", ...after] = (await readFile(seen, "utf8")).trimEnd().split("\n");
  expect(enter).toMatch(/^<> -L mine .* window-size latest ; attach-session -t =worker-1-00ff$/);
  expect(after).toEqual([
    expect.stringContaining(`-L mine display-message -p ${pane} `),
    expect.stringContaining(`-L mine resize-window ${pane} -x 120 -y 40 ; `),
  ]);
});

test("says so when there is no tmux here", async () => {
  const { code, err } = await attachTo({ terminal: { host: "tmux", ref: "tmux:worker-1-00ff" } });
  expect([code, err]).toEqual([1, expect.stringMatching(/^TERMINAL_UNREACHABLE: tmux does not run: .*ENOENT/)]);
});

test("brings a worker's iTerm2 window to the front", async () => {
  const { code, out } = await attachTo({ terminal: { host: "iterm2", ref: "iterm2:1" } });
  expect([code, out]).toEqual([0, "api lives in iTerm2; its window is in front now.\n"]);
  expect(server?.asked("focus")).toEqual({ worker: "worker-1" });
});

test("says why a worker in an embedded terminal cannot be attached to", async () => {
  const { code, err } = await attachTo({ terminal: { host: "pty", ref: "pty:1" } });
  const why = "api lives in a terminal inside the server, which no other terminal can show";
  expect([code, err]).toEqual([1, expect.stringContaining(why)]);
});

test("says how a worker ended", async () => {
  const { code, err } = await attachTo({ phase: { is: "gone", reason: "exited with 3" } });
  expect([code, err]).toEqual([1, expect.stringMatching(/^WORKER_GONE: api has ended: exited with 3\. /)]);
});
