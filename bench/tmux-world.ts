import { execFile, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Terminal, TerminalHost } from "../main/terminal/terminal.ts";
import { createTmuxHost } from "../main/terminal/tmux/tmux-host.ts";

export interface RawClient {
  /** What these lines take until the last is answered, in ms. */
  time(...lines: string[]): Promise<number>;
  end(): void;
}

/** A tmux server of its own, until it is disposed. */
export interface TmuxBench extends AsyncDisposable {
  readonly host: TerminalHost;
  /** Another host on the same server, with nothing remembered. */
  another(): TerminalHost;
  open(host: TerminalHost, script: string): Promise<Terminal>;
  /** A process for each command. */
  command(...words: string[]): Promise<string>;
  /** A control client and nothing else. */
  rawClient(): Promise<RawClient>;
  /** The server and every control client. */
  pids(): number[];
}

export function tmuxBench(): TmuxBench {
  const folder = mkdtempSync(join(tmpdir(), "ct-"));
  const env = { ...process.env, TMUX_TMPDIR: folder };
  const socket = ["-L", "bench"];
  const hosts: TerminalHost[] = [];
  const another = () => {
    const host = createTmuxHost({ env, socket: "bench" });
    hosts.push(host);
    return host;
  };
  const sync = (...words: string[]) =>
    execFileSync("tmux", [...socket, ...words], { env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

  return {
    host: another(),
    another,
    open: (host, script) =>
      host.open(
        { argv: ["/bin/sh", "-c", script], cwd: tmpdir(), env: { PATH: process.env.PATH ?? "" } },
        { name: "bench", place: { at: "auto" }, mark: "bench" },
      ),
    command: async (...words) => (await promisify(execFile)("tmux", [...socket, ...words], { env })).stdout,
    rawClient: () => rawClient([...socket, "-C", "new-session", "-s", "raw", "cat"], env),
    pids: () =>
      [sync("display-message", "-p", "#{pid}"), sync("list-clients", "-F", "#{client_pid}")]
        .join("")
        .trim()
        .split("\n")
        .map(Number),
    async [Symbol.asyncDispose]() {
      await Promise.all(hosts.map((host) => host[Symbol.asyncDispose]()));
      try {
        sync("kill-server");
      } catch {
        // It went with its last session.
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function rawClient(args: readonly string[], env: NodeJS.ProcessEnv): Promise<RawClient> {
  const child = spawn("tmux", args, { env, stdio: ["pipe", "pipe", "ignore"] });
  let wake = () => {};
  let expected = "%session-changed";
  let tail = "";
  child.stdout.on("data", (bytes: Buffer) => {
    tail = (tail + bytes.toString("latin1")).slice(-65_536);
    if (tail.includes(expected)) wake();
  });
  const answered = () =>
    new Promise<void>((done) => {
      wake = done;
    });
  await answered();
  let asked = 0;
  return {
    async time(...lines) {
      expected = `answered ${++asked}`;
      const answer = answered();
      const start = performance.now();
      child.stdin.write(`${lines.join("\n")}${lines.length > 0 ? "\n" : ""}display-message -p "${expected}"\n`);
      await answer;
      return performance.now() - start;
    },
    end: () => void child.kill(),
  };
}
