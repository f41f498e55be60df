import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { untilFolder } from "../home/until-folder.ts";
import { fakeServer, type Person, person } from "./test-kit.ts";

let me: Person;
afterEach(() => me[Symbol.asyncDispose]());

/** Sits down where our program is this shell script; its `$4` is the home to serve. */
async function sitDown(script: string): Promise<void> {
  me = await person({ self: ["/bin/sh", "-c", script, "claude-team"], env: { PATH: "/usr/bin:/bin" } });
  await mkdir(me.dir, { mode: 0o700 });
}

const never = new AbortController().signal;
const exists = (path: string) => () =>
  access(path).then(
    () => true,
    () => undefined,
  );

test("a command that needs the server starts one in the background, and waits until it is ready", async () => {
  await sitDown('printf "%s\\n" "$*" "$PWD" >"$4/told"; mkfifo "$4/ready"; cat "$4/ready"');
  const opening = me.types("open", "--print");
  await untilFolder(me.dir, exists(join(me.dir, "ready")), never);
  expect(await readFile(join(me.dir, "told"), "utf8")).toBe(`serve --json --home ${me.dir}\n${me.dir}\n`);
  await using server = await fakeServer(me.dir, { open: () => ({ url: "http://127.0.0.1:1/#code=x" }) });
  await writeFile(join(me.dir, "ready"), `{"url":"http://127.0.0.1:${server.port}/mcp"}\n`);
  expect(await opening).toMatchObject({ code: 0, out: "http://127.0.0.1:1/#code=x\n" });
});

test("a server that runs is used as it is", async () => {
  await sitDown("exit 1");
  await using server = await fakeServer(me.dir, { open: () => ({ url: "http://127.0.0.1:1/#code=x" }) });
  expect((await me.types("open", "--print")).code).toBe(0);
  expect(server.calls).toHaveLength(1);
});

test("a server that cannot start is reported with its own reason", async () => {
  await sitDown(`echo '{"error":{"code":"PORT_TAKEN","message":"port 4517 cannot be used (EADDRINUSE)"}}'; exit 1`);
  const { code, err } = await me.types("open", "--print");
  expect(code).toBe(1);
  expect(err).toMatch(/^PORT_TAKEN: the server could not be started: port 4517 cannot be used/);
});

test.each(["exit 7", "echo", "echo not JSON"])(
  "a server that ends with nothing to say is an error: %s",
  async (script) => {
    await sitDown(script);
    const { code, err } = await me.types("open", "--print");
    expect(code).toBe(3);
    expect(err).toContain("SERVER_UNREACHABLE: the server could not be started");
  },
);

test("a program that is not there is an error", async () => {
  me = await person({ self: ["/nowhere/node"] });
  expect((await me.types("open", "--print")).code).toBe(3);
});
