import { anyWorker } from "../../../contract/any-worker.ts";
import type { Request } from "../../../contract/request.ts";
import { type Settings, settings } from "../../../contract/settings.ts";
import type { Phase, Worker, WorkerId } from "../../../contract/worker.ts";

export const workerNumber = (number: number): WorkerId => `worker-${number}` as WorkerId;

/** A worker as the panel sees it; idle in our own terminal, unless told otherwise. */
export const someWorker = (number: number, given: Partial<Worker> = {}): Worker =>
  anyWorker({
    ...{ id: workerNumber(number), name: `builder-${number}`, cwd: "/home/ann/shop", branch: "main" },
    ...given,
  });

/** A request for permission to run a command. */
export function someRequest(id: string, given: Partial<Extract<Request, { kind: "permission" }>> = {}): Request {
  const asked = { kind: "permission" as const, tool: "Bash", title: "Run the tests", detail: "npm test", agent: null };
  return { id, at: 0, via: "hook", proposal: null, ...asked, ...given };
}

export const asking = (...requests: Request[]): Phase => ({ is: "asking", requests });

export const someSettings = (given: Partial<Settings> = {}): Settings => ({ ...settings.parse({}), ...given });
