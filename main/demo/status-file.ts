import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { claudeVersion, type Facts } from "./facts.ts";

export type Waiting = "permission prompt" | "input needed";

/** `sessions/<pid>.json`, written whole at every change, as Claude Code 2.1.330 does. */
export interface StatusFile {
  readonly status: "idle" | "busy" | "waiting" | null;
  set(status: "idle" | "busy"): void;
  wait(waitingFor: Waiting): void;
  /** `/clear` began another conversation. */
  follow(conversation: string): void;
  remove(): void;
}

export function createStatusFile(facts: Facts, now: () => number): StatusFile {
  const file = join(facts.config, "sessions", `${facts.pid}.json`);
  const startedAt = now();
  let status: StatusFile["status"] = null;
  let removed = false;
  let fields: Record<string, unknown> = {
    pid: facts.pid,
    sessionId: facts.firstConversation,
    cwd: facts.cwd,
    startedAt,
    procStart: startOf(facts.pid),
    version: claudeVersion,
    peerProtocol: 1,
    kind: "interactive",
    entrypoint: "cli",
    name: facts.name ?? facts.derivedName,
    nameSource: facts.name ? "user" : "derived",
    nameSince: startedAt,
  };

  function write(change: Record<string, unknown>): void {
    fields = { ...fields, updatedAt: now(), ...change };
    if (!removed) writeFileSync(file, JSON.stringify(fields));
  }
  function turn(next: NonNullable<StatusFile["status"]>, waitingFor?: Waiting): void {
    status = next;
    const { waitingFor: _, ...rest } = fields;
    fields = rest;
    write({ status, statusUpdatedAt: now(), ...(waitingFor && { waitingFor }) });
  }

  mkdirSync(join(facts.config, "sessions"), { recursive: true });
  write({});
  return {
    get status() {
      return status;
    },
    set: turn,
    wait: (waitingFor) => turn("waiting", waitingFor),
    follow: (conversation) => write({ sessionId: conversation }),
    remove() {
      removed = true;
      rmSync(file, { force: true });
    },
  };
}

/** When a process began: clock ticks since boot on Linux, the words of `ps` in C and UTC elsewhere. */
function startOf(pid: number): string {
  if (process.platform !== "linux") {
    const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8", env }).trim();
  }
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
