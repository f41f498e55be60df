import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerminalHost } from "../terminal.ts";
import { createTmuxHost, type TmuxHostOptions } from "./tmux-host.ts";

/** Why tmux's own tests cannot run here; undefined when they can. */
export function lacksTmux(): string | undefined {
  try {
    execFileSync("tmux", ["-V"]);
    return undefined;
  } catch (cause) {
    return `tmux does not run here (${(cause as Error).message}): its tests are skipped`;
  }
}

/** A tmux server for one test file, in a folder of its own. */
export interface TmuxWorld extends AsyncDisposable {
  readonly env: NodeJS.ProcessEnv;
  readonly socket: string;
  host(options?: TmuxHostOptions): TerminalHost;
  /** What a person does by hand: `tmux WORDS…`; resolves with what it printed. */
  byHand(...words: string[]): string;
  serverPid(): number;
  /** Of every control client, in the order in which they came. */
  clientPids(): number[];
}

export function tmuxWorld(): TmuxWorld {
  const folder = mkdtempSync(join(tmpdir(), "ct-"));
  const env = { ...process.env, TMUX_TMPDIR: folder };
  const socket = "t";
  const hosts: TerminalHost[] = [];
  const byHand = (...words: string[]) =>
    execFileSync("tmux", ["-L", socket, ...words], { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  return {
    env,
    socket,
    byHand,
    host(options = {}) {
      const host = createTmuxHost({ env, socket, ...options });
      hosts.push(host);
      return host;
    },
    serverPid: () => Number(byHand("display-message", "-p", "#{pid}")),
    clientPids: () => byHand("list-clients", "-F", "#{client_pid}").trim().split("\n").map(Number),
    async [Symbol.asyncDispose]() {
      await Promise.all(hosts.map((host) => host[Symbol.asyncDispose]()));
      try {
        byHand("kill-server");
      } catch {
        // It went with the last terminal.
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
