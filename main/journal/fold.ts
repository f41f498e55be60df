import type { Receipt } from "../../contract/receipt.ts";
import type { WorkerId } from "../../contract/worker.ts";
import type { Fact } from "./fact.ts";

type Opened = Extract<Fact, { type: "worker.opened" }>;
type Moved = Extract<Fact, { type: "receipt.moved" }>;

/** A worker as the journal remembers it. */
export interface RememberedWorker extends Omit<Opened, "type" | "at"> {
  readonly openedAt: number;
  /** When a person looked at it last. */
  readonly lookedAt: number | null;
  readonly pid: number | null;
  /** Every transcript it wrote, the newest last; `/clear` begins a new one, `/resume` goes back to an old one. */
  readonly transcripts: readonly string[];
  /** `closed`: we ended it. Null while it may still live. */
  readonly ended: { readonly reason: string; readonly at: number; readonly closed: boolean } | null;
  readonly letters: readonly RememberedLetter[];
}

/** A message of ours; `text` is kept until it needs no more typing. */
export interface RememberedLetter extends Pick<Moved, "receipt" | "text" | "as" | "whenBusy" | "prompt" | "outcome"> {}

/** A directory that workers were spawned in, and when the last of them was. */
export interface RememberedProject {
  readonly path: string;
  readonly at: number;
}

export interface Memory {
  /** Oldest first. */
  readonly workers: readonly RememberedWorker[];
  /** Newest first. */
  readonly projects: readonly RememberedProject[];
  /** Numbers for the next `worker-<n>` and `msg-<n>`; never given out twice. */
  readonly nextWorker: number;
  readonly nextMessage: number;
}

const endedKept = 200;
const lettersKept = 50;
const projectsKept = 50;

/** What all these facts together say. Old ended workers and old ended letters are forgotten, their numbers are not. */
export function fold(facts: Iterable<Fact>): Memory {
  const workers = new Map<WorkerId, RememberedWorker>();
  const next = { nextWorker: 1, nextMessage: 1 };
  const projects = new Map<string, number>();
  for (const fact of facts) {
    const used = projectIn(fact);
    if (used) projects.set(used.path, Math.max(used.at, projects.get(used.path) ?? 0));
    count(next, fact);
    if (fact.type !== "counter" && fact.type !== "project") remember(workers, fact);
  }
  const old = [...workers.values()].filter((w) => w.ended).slice(0, -endedKept);
  const kept = [...workers.values()].filter((w) => !old.includes(w));
  return {
    workers: kept.map((w) => ({ ...w, letters: trim(w.letters) })),
    projects: newest(projects).slice(0, projectsKept),
    ...next,
  };
}

function projectIn(fact: Fact): RememberedProject | undefined {
  if (fact.type === "worker.opened") return { path: fact.cwd, at: fact.at };
  return fact.type === "project" ? fact : undefined;
}

const newest = (projects: ReadonlyMap<string, number>) =>
  [...projects].map(([path, at]) => ({ path, at })).sort((a, b) => b.at - a.at);

/** The fewest facts that fold into this memory again. */
export function factsOf({ workers, projects, nextWorker, nextMessage }: Memory): Fact[] {
  const counter: Fact[] = nextWorker > 1 || nextMessage > 1 ? [{ type: "counter", nextWorker, nextMessage }] : [];
  const places = projects.map((project): Fact => ({ type: "project", ...project }));
  return [...counter, ...places, ...workers.flatMap(factsOfWorker)];
}

function count(next: { nextWorker: number; nextMessage: number }, fact: Fact): void {
  if (fact.type === "project") return;
  const worker = fact.type === "counter" ? fact.nextWorker : numberIn(fact.id) + 1;
  const message =
    fact.type === "counter" ? fact.nextMessage : fact.type === "receipt.moved" ? numberIn(fact.receipt.id) + 1 : 1;
  next.nextWorker = Math.max(next.nextWorker, worker);
  next.nextMessage = Math.max(next.nextMessage, message);
}

const numberIn = (id: string) => Number(/-(\d{1,15})$/.exec(id)?.[1] ?? 0);

function remember(
  workers: Map<WorkerId, RememberedWorker>,
  fact: Exclude<Fact, { type: "counter" | "project" }>,
): void {
  if (fact.type === "worker.opened") {
    const { type, at, ...opened } = fact;
    workers.set(fact.id, {
      ...opened,
      openedAt: at,
      lookedAt: null,
      pid: null,
      transcripts: [],
      ended: null,
      letters: [],
    });
    return;
  }
  const worker = workers.get(fact.id);
  if (!worker) return;
  if (fact.type === "worker.dismissed") workers.delete(fact.id);
  else workers.set(fact.id, { ...worker, ...change(worker, fact) });
}

type Change = Exclude<Fact, { type: "counter" | "project" | "worker.opened" | "worker.dismissed" }>;

function change(worker: RememberedWorker, fact: Change): Partial<RememberedWorker> {
  switch (fact.type) {
    case "worker.linked":
      return {
        pid: fact.pid,
        conversation: fact.conversation,
        transcripts: fact.transcript === null ? worker.transcripts : newestLast(worker.transcripts, fact.transcript),
      };
    case "worker.renamed":
      return { name: fact.name };
    case "worker.resumed":
      return { terminal: fact.terminal, pid: null, ended: null };
    case "worker.looked":
      return { lookedAt: fact.at };
    case "worker.gone":
      return worker.ended ? {} : { ended: { reason: fact.reason, at: fact.at, closed: false } };
    case "worker.closed":
      return { ended: { reason: worker.ended?.reason ?? "closed", at: worker.ended?.at ?? fact.at, closed: true } };
    case "receipt.moved":
      return { letters: withLetter(worker.letters, fact) };
  }
}

/** After `/resume` an earlier one is the newest again. */
const newestLast = (paths: readonly string[], path: string) => [...paths.filter((one) => one !== path), path];

function withLetter(letters: readonly RememberedLetter[], { type, id, ...moved }: Moved): RememberedLetter[] {
  const known = letters.some((l) => l.receipt.id === moved.receipt.id);
  if (!known) return [...letters, moved];
  return letters.map((l) => (l.receipt.id === moved.receipt.id ? { ...l, ...moved } : l));
}

function trim(letters: readonly RememberedLetter[]): RememberedLetter[] {
  const old = letters.filter((l) => hasEnded(l.receipt)).slice(0, -lettersKept);
  return letters
    .filter((l) => !old.includes(l))
    .map((letter) => {
      // What was never typed may be sent again.
      if (!hasEnded(letter.receipt) || letter.receipt.state === "undelivered") return letter;
      const { text, ...rest } = letter;
      return rest;
    });
}

const hasEnded = ({ state }: Receipt) => state === "answered" || state === "withdrawn" || state === "undelivered";

function factsOfWorker(worker: RememberedWorker): Fact[] {
  const { openedAt, lookedAt, pid, transcripts, ended, letters, ...opened } = worker;
  const { id, conversation } = worker;
  const link = (transcript: string | null): Fact => ({ type: "worker.linked", id, pid, conversation, transcript });
  return [
    { type: "worker.opened", ...opened, at: openedAt },
    ...(transcripts.length > 0 ? transcripts.map(link) : [link(null)]),
    ...letters.map((letter): Fact => ({ type: "receipt.moved", id, ...letter })),
    ...(lookedAt === null ? [] : [{ type: "worker.looked" as const, id, at: lookedAt }]),
    ...(ended ? [{ type: "worker.gone" as const, id, reason: ended.reason, at: ended.at }] : []),
    ...(ended?.closed ? [{ type: "worker.closed" as const, id, at: ended.at }] : []),
  ];
}
