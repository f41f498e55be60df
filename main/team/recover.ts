import type { Worker } from "../../contract/worker.ts";
import type { RememberedLetter, RememberedWorker } from "../journal/fold.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { TeamDeps } from "./deps.ts";
import type { Letter } from "./letter.ts";
import type { Roster } from "./roster.ts";
import { settleEnded, stoppedIn } from "./settle-ended.ts";

type Deps = TeamDeps & { roster: Roster };

/**
 * After a restart: every worker of the journal stands in the state again, under its id and name. One whose terminal still lives
 * is attended again; any other is gone, with what is safe. What was never proven is not sent again.
 */
export async function recover(deps: Deps, remembered: readonly RememberedWorker[]): Promise<void> {
  for (const known of remembered) {
    const terminal = known.ended ? undefined : await find(deps, known);
    deps.roster.written.add(known.id, known.transcripts);
    if (terminal) await attend(deps, known, terminal);
    else await layDown(deps, known);
  }
  await deps.flush();
}

async function attend(deps: Deps, known: RememberedWorker, terminal: Terminal): Promise<void> {
  const letters = known.letters.map(toLetter).map(broken);
  const worker = await toWorker(deps, known, letters);
  deps.store.dispatch({ type: "worker.opened", worker });
  deps.roster.attend(worker, terminal, letters, known.transcripts);
}

async function layDown(deps: Deps, known: RememberedWorker): Promise<void> {
  const { id, ended } = known;
  const phase = { is: "gone" as const, reason: ended?.reason ?? lost(known) };
  const worker = { ...(await toWorker(deps, known, [])), phase };
  const letters = await settleEnded({
    letters: known.letters.map(toLetter),
    phase,
    transcript: () => deps.roster.transcript(worker),
    moved: ({ receipt, prompt }) => deps.remember({ type: "receipt.moved", id, receipt, ...(prompt && { prompt }) }),
    report: (cause) => deps.report(id, cause),
  });
  deps.roster.keep(id, letters);
  deps.store.dispatch({ type: "worker.opened", worker: { ...worker, receipts: receiptsOf(letters) } });
  if (!ended) deps.remember({ type: "worker.gone", id, reason: phase.reason, at: deps.clock.now() });
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

async function toWorker(
  { premises, clock }: Deps,
  known: RememberedWorker,
  letters: readonly Letter[],
): Promise<Worker> {
  const { id, name, cwd, conversation, transcripts, pid, terminal, model, permissionMode, openedAt, lookedAt, ended } =
    known;
  const repo = await premises.repository(cwd);
  return {
    ...{ id, name, cwd, conversation, pid, terminal, model, permissionMode, openedAt, lookedAt, repo },
    transcript: transcripts.at(-1) ?? null,
    phase: { is: "starting" },
    since: ended?.at ?? clock.now(),
    why: [],
    lastActivity: ended?.at ?? clock.now(),
    ...{ branch: null, context: null, lastReply: null, activity: null, problem: null, messageCount: 0, unread: false },
    receipts: receiptsOf(letters),
  };
}

const receiptsOf = (letters: readonly Letter[]) => letters.map((l) => l.receipt).slice(-20);

function broken(letter: Letter): Letter {
  const { receipt } = letter;
  const stopped = stoppedIn(receipt.state);
  if (!stopped) return letter;
  const [state, note] = stopped;
  return { ...letter, receipt: { ...receipt, state, notes: [...receipt.notes, note] } };
}

function toLetter({ receipt, text, as, whenBusy, prompt, outcome }: RememberedLetter): Letter {
  const rest = {
    chunks: [],
    command: as === "command",
    whenBusy: whenBusy ?? ("hold" as const),
    prompt: prompt ?? null,
    outcome,
  };
  return { receipt, plain: text ?? prompt?.text ?? "", ...rest };
}
