import type { WorkerId } from "../../contract/worker.ts";
import type { Transcript } from "../transcript/transcript.ts";
import type { TeamDeps } from "./deps.ts";

/** Keeps a worker bound to its process and to the conversation that this process has now. */
export interface Link {
  /** `path` and `pid` are null when the signal that speaks does not know them. */
  follow(conversation: string, path: string | null, pid: number | null): void;
}

/** `/clear` begins another conversation in another file; the transcript follows it there. */
export function createLink(deps: TeamDeps, id: WorkerId, transcript: Transcript): Link {
  const { store, remember, claude, report } = deps;

  function follow(conversation: string, path: string | null, pid: number | null): void {
    const worker = store.state.workers.get(id);
    if (!worker) return;
    const same = worker.conversation === conversation;
    const known = path ?? (same ? worker.transcript : null);
    const linked = { conversation, transcript: known, pid: pid ?? worker.pid };
    if (known) transcript.follow(known);
    else void locate(conversation, worker.cwd);
    if (same && known === worker.transcript && linked.pid === worker.pid) return;
    store.dispatch({ type: "worker.linked", id, ...linked });
    remember({ type: "worker.linked", id, ...linked });
  }

  async function locate(conversation: string, cwd: string): Promise<void> {
    try {
      const path = await claude.locate(conversation, cwd);
      if (store.state.workers.get(id)?.conversation === conversation) follow(conversation, path, null);
    } catch (cause) {
      report(id, cause);
    }
  }

  return { follow };
}
