import type { Receipt } from "../../contract/receipt.ts";
import type { Worker } from "../../contract/worker.ts";
import type { RememberedLetter, RememberedWorker } from "../journal/fold.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { TeamDeps } from "./deps.ts";
import type { Letter } from "./letter.ts";
import type { Roster } from "./roster.ts";

/**
 * After a restart: every worker of the journal stands in the state again, under its id and name. One whose terminal still lives
 * is attended again; any other is gone, with what is safe. What was never proven is not sent again.
 */
export async function recover(
  deps: TeamDeps & { roster: Roster },
  remembered: readonly RememberedWorker[],
): Promise<void> {
  for (const known of remembered) {
    const terminal = known.ended ? undefined : await find(deps, known);
    const reason = known.ended?.reason ?? lost(known);
    const worker = toWorker(known, await deps.premises.repository(known.cwd), deps.clock.now());
    deps.roster.written.add(known.id, known.transcripts);
    deps.store.dispatch({
      type: "worker.opened",
      worker: terminal ? worker : { ...worker, phase: { is: "gone", reason } },
    });
    if (terminal) deps.roster.attend(worker, terminal, known.letters.map(toLetter), known.transcripts);
    else if (!known.ended) deps.remember({ type: "worker.gone", id: known.id, reason, at: deps.clock.now() });
  }
  await deps.flush();
}

/** A host that fails for one terminal must not keep the others from coming back; one that is only away is found later. */
async function find(deps: TeamDeps, known: RememberedWorker): Promise<Terminal | undefined> {
  try {
    const terminal = await deps.host.find(known.terminal.ref);
    return terminal && isAway(terminal) && (await hasEnded(deps, known)) ? undefined : terminal;
  } catch (cause) {
    deps.report(known.id, cause);
    return undefined;
  }
}

function isAway(terminal: Terminal): boolean {
  let why: string | null = null;
  using _ = terminal.onAway((told) => {
    why = told;
  });
  return why !== null;
}

/** Known from Claude itself, where its process had been seen: after a reboot nothing runs, whether or not its terminal's host does. */
async function hasEnded({ claude }: TeamDeps, { pid }: RememberedWorker): Promise<boolean> {
  return pid !== null && !(await claude.lives(pid));
}

function lost({ conversation, transcripts }: RememberedWorker): string {
  const ended = "claude-team stopped while it ran, and its terminal ended with it";
  return conversation && transcripts.length > 0
    ? `${ended}; its conversation is safe: claude --resume ${conversation}`
    : ended;
}

function toWorker(known: RememberedWorker, repo: string | null, now: number): Worker {
  const { id, name, cwd, conversation, transcripts, pid, terminal, model, permissionMode, openedAt, lookedAt, ended } =
    known;
  return {
    ...{ id, name, cwd, conversation, pid, terminal, model, permissionMode, openedAt, lookedAt, repo },
    transcript: transcripts.at(-1) ?? null,
    phase: { is: "starting" },
    since: ended?.at ?? now,
    why: [],
    lastActivity: ended?.at ?? now,
    ...{ branch: null, context: null, lastReply: null, activity: null, problem: null, messageCount: 0, unread: false },
    receipts: known.letters.map((l) => broken(l.receipt)).slice(-20),
  };
}

/** Where a message stood when we stopped: what was not typed never will be by itself, what was not proven stays unproven. */
function broken(receipt: Receipt): Receipt {
  const { state, notes } = receipt;
  if (state === "accepted")
    return { ...receipt, state: "undelivered", notes: [...notes, "claude-team stopped before it was typed"] };
  if (state === "typed")
    return { ...receipt, state: "unconfirmed", notes: [...notes, "claude-team stopped before it was confirmed"] };
  return receipt;
}

function toLetter({ receipt, text, as, whenBusy, prompt }: RememberedLetter): Letter {
  const rest = {
    chunks: [],
    command: as === "command",
    whenBusy: whenBusy ?? ("hold" as const),
    prompt: prompt ?? null,
  };
  return { receipt: broken(receipt), plain: text ?? prompt?.text ?? "", ...rest };
}
