import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** When this process began, in words that no later process with the same id can have; undefined when there is no such process. */
export async function processStart(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return undefined;
  return process.platform === "linux" ? startOnLinux(pid) : startByPs(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // ESRCH: no such process. EPERM: another user's, so not one of ours.
    return false;
  }
}

/** Field 22 of /proc/<pid>/stat counts from boot, hence the boot's own id. */
async function startOnLinux(pid: number): Promise<string | undefined> {
  try {
    const [line, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "latin1"),
      readFile("/proc/sys/kernel/random/boot_id", "latin1"),
    ]);
    const [state, ...rest] = line.slice(line.lastIndexOf(")") + 2).split(" ");
    return state === "Z" ? undefined : `${boot.trim()} ${rest[18]}`;
  } catch {
    // It ended while we looked.
    return undefined;
  }
}

async function startByPs(pid: number): Promise<string | undefined> {
  try {
    const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
    const { stdout } = await promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)], { env });
    return stdout.trim() || undefined;
  } catch {
    // ps ends with 1 when there is no such process.
    return undefined;
  }
}
