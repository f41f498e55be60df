import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createHookFiles, type HookFiles } from "./hook-files.ts";

let root: string;
let home: string;
let files: HookFiles;
let tokens: number;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "hook-"));
  home = root;
  tokens = 0;
  files = createHookFiles(home, () => `token-${++tokens}-${"x".repeat(30)}`);
  await files.write("worker-3");
});
afterEach(() => rmSync(root, { recursive: true }));

const mode = (path: string) => (statSync(join(home, path)).mode & 0o777).toString(8);

describe("a worker's own files", () => {
  test("are for this user only", () => {
    expect(["workers/worker-3", "hook"].map(mode)).toEqual(["700", "700"]);
    const own = readdirSync(join(home, "workers/worker-3"));
    expect(own).toEqual([expect.stringMatching(/^auth-/), "settings.json", "token"]);
    expect(own.map((name) => mode(`workers/worker-3/${name}`))).toEqual(["600", "600", "600"]);
  });

  test("hold hooks and the word that it is no manager in the settings, and no token but in its own files", () => {
    const settings = readFileSync(files.settingsOf("worker-3"), "utf8");
    expect(Object.keys(JSON.parse(settings))).toEqual(["hooks", "deniedMcpServers", "permissions"]);
    expect(JSON.parse(settings).permissions).toEqual({ deny: [`Read(/${home}/**)`, `Edit(/${home}/**)`] });
    expect(JSON.parse(settings).deniedMcpServers).toEqual([{ serverName: "claude-team" }]);
    expect(Object.keys(JSON.parse(settings).hooks)).toContain("PermissionRequest");
    expect(settings + readFileSync(join(home, "hook"), "utf8")).not.toContain(files.tokenOf("worker-3"));
  });

  test("give the token also after a restart of ours, until the worker is forgotten", async () => {
    const token = files.tokenOf("worker-3");
    const again = createHookFiles(home, () => "other");
    expect(again.tokenOf("worker-3")).toBe(token);
    await again.remove("worker-3");
    expect(again.tokenOf("worker-3")).toBeUndefined();
    expect(existsSync(join(home, "workers/worker-3"))).toBe(false);
  });

  test("are never read for a name that is a path", () => {
    writeFileSync(join(home, "token"), "the manager's");
    expect(files.tokenOf("..")).toBeUndefined();
    expect(files.tokenOf("worker-3/../..")).toBeUndefined();
  });

  test("are written anew for a number that was used before", async () => {
    const before = files.tokenOf("worker-3");
    await files.write("worker-3");
    expect(files.tokenOf("worker-3")).not.toBe(before);
  });

  test("bring the hook up to date, and leave a current one alone", async () => {
    const first = statSync(join(home, "hook")).ino;
    await files.write("worker-4");
    expect(statSync(join(home, "hook")).ino).toBe(first);
    writeFileSync(join(home, "hook"), "#!/bin/sh\nexit 1\n");
    await files.write("worker-5");
    expect(readFileSync(join(home, "hook"), "utf8")).toContain("curl");
    expect(mode("hook")).toBe("700");
  });
});

describe("the hook", () => {
  let server: Server | undefined;
  afterEach(async () => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  async function serve(answer: (req: IncomingMessage, res: ServerResponse, body: string) => void): Promise<void> {
    server = createServer(async (req, res) => answer(req, res, await text(req)));
    await once(server.listen(0, "127.0.0.1"), "listening");
    publish((server.address() as AddressInfo).port);
  }
  const publish = (port: number, pid = process.pid) =>
    writeFileSync(join(home, "server.json"), JSON.stringify({ port, pid, startedAt: 1, process: "boot 1" }, null, 2));

  /** As Claude Code runs it: the command line of the settings, through a shell. */
  const start = (command: string, env: NodeJS.ProcessEnv = {}) =>
    spawn("sh", ["-c", command], { env: { ...process.env, ...env }, detached: true });
  const commandOf = (event: string): string =>
    JSON.parse(readFileSync(files.settingsOf("worker-3"), "utf8")).hooks[event][0].hooks[0].command;
  const run = (event: string, payload: string, env?: NodeJS.ProcessEnv) => runCommand(commandOf(event), payload, env);
  async function runCommand(command: string, payload: string, env?: NodeJS.ProcessEnv) {
    const child = start(command, env);
    // A hook that has nothing to say may be gone before it was told anything.
    child.stdin.on("error", () => {}).end(payload);
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    return { out, err, code };
  }
  const silent = { out: "", err: "", code: 0 };

  test("posts the payload with the worker's token and prints our reply", async () => {
    const seen: unknown[] = [];
    await serve((req, res, body) => {
      seen.push([req.method, req.url, req.headers.authorization, req.headers["content-type"], JSON.parse(body)]);
      res.end('{"decision":1}');
    });
    const payload = { hook_event_name: "PermissionRequest", tool_input: { command: "echo 'a' \"b\"\n漢" } };
    expect(await run("PermissionRequest", JSON.stringify(payload))).toEqual({ ...silent, out: '{"decision":1}' });
    const bearer = `Bearer ${files.tokenOf("worker-3")}`;
    expect(seen).toEqual([["POST", "/hook/worker-3", bearer, "application/json", payload]]);
  });

  test("reports for nobody else once another worker has its number", async () => {
    const tokens: unknown[] = [];
    await serve((req, res) => {
      tokens.push(req.headers.authorization);
      res.statusCode = 401;
      res.end("who are you");
    });
    const before = commandOf("PermissionRequest");
    await files.write("worker-3");
    expect(await runCommand(before, "{}")).toEqual(silent);
    expect(tokens.filter(Boolean)).toEqual([]);
  });

  test("takes a payload of 3 MB", async () => {
    await serve((_, res, body) => res.end(String(body.length)));
    expect((await run("Stop", "x".repeat(3_000_000))).out).toBe("3000000");
  });

  test("goes straight to us, whatever proxy or curlrc there is", async () => {
    writeFileSync(join(home, ".curlrc"), "fail-early\nproxy = http://127.0.0.1:9\n");
    await serve((_, res) => res.end("here"));
    const env = { http_proxy: "http://127.0.0.1:9", ALL_PROXY: "http://127.0.0.1:9", HOME: home };
    expect((await run("Stop", "{}", env)).out).toBe("here");
  });

  test("keeps a refusal to itself", async () => {
    await serve((_, res) => {
      res.statusCode = 401;
      res.end("who are you");
    });
    expect(await run("Stop", "{}")).toEqual(silent);
  });

  test("is silent when no server was ever there", async () => {
    expect(await run("UserPromptSubmit", "x".repeat(200_000))).toEqual(silent);
  });

  test("is silent when nothing listens", async () => {
    await serve((_, res) => res.end());
    const { port } = server!.address() as AddressInfo;
    server?.close();
    publish(port);
    expect(await run("Stop", "{}")).toEqual(silent);
  });

  test("gives no token to a stranger on the port of a server that died", async () => {
    let asked = 0;
    await serve((_, res) => {
      asked++;
      res.end("mine");
    });
    const dead = execFile("true");
    await once(dead, "exit");
    publish((server!.address() as AddressInfo).port, dead.pid);
    expect(await run("Stop", "{}")).toEqual(silent);
    expect(asked).toBe(0);
  });

  test("holds the call until we decide, and hangs up when Claude Code ends it", async () => {
    const held = new Promise<ServerResponse>((resolve) => void serve((_, res) => resolve(res)).then(ask));
    let child: ReturnType<typeof start> | undefined;
    function ask() {
      child = start(commandOf("PermissionRequest"));
      child.stdin.on("error", () => {}).end("{}");
    }
    const hungUp = once(await held, "close");
    process.kill(-(child?.pid as number), "SIGKILL");
    await hungUp;
  });

  test("gives curl a day for a decision and seconds for the rest, and never the token", async () => {
    publish(4517);
    writeFileSync(join(home, "curl"), '#!/bin/sh\nprintf "%s " "$@"\n', { mode: 0o755 });
    const env = { PATH: `${home}:${process.env.PATH}` };
    const [decision, stop] = [await run("PermissionRequest", "{}", env), await run("Stop", "{}", env)];
    expect(decision.out).toContain("--max-time 86400 ");
    expect(stop.out).toContain("--max-time 5 ");
    expect(stop.out).toContain("http://127.0.0.1:4517/hook/worker-3");
    expect(decision.out + stop.out).not.toContain(files.tokenOf("worker-3"));
  });

  test("is ended by Claude Code itself after a day or a few seconds", async () => {
    const { hooks } = JSON.parse(readFileSync(files.settingsOf("worker-3"), "utf8"));
    const timeout = (event: string) => hooks[event][0].hooks[0].timeout;
    expect(["PermissionRequest", "Stop", "UserPromptSubmit"].map(timeout)).toEqual([86400, 10, 10]);
  });
});
