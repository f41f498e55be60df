import type { Problem } from "../../contract/worker.ts";
import { close, type Draft, joins, newDraft, reopen, say, supersede, turnOf } from "./draft.ts";
import type { Entry, EntryOf } from "./entry.ts";
import { createTally, type Tally } from "./tally.ts";
import { told } from "./told.ts";
import type { Summary, Told, Turn } from "./transcript.ts";

const turnsKept = 50;

/** A fold of one conversation's entries into turns; it knows no clock and no file. */
export interface Turns {
  /** Takes the next entry and returns what it says about the state of the turn. */
  add(entry: Entry): Told[];
  /** The newest turns, oldest first. */
  readonly turns: readonly Turn[];
  readonly summary: Summary;
  /** Whether this call has neither returned nor ended with its turn. */
  runs(call: string): boolean;
  /** How many turns began so far. */
  readonly begun: number;
}

interface State {
  readonly tally: Tally;
  readonly drafts: Draft[];
  begun: number;
  /** The turn that lines belong to now: the newest, or an older one that a background task came back to. */
  current: Draft | undefined;
  lastCommand: string;
  /** The newest line with results, and whether they answer calls of an earlier turn. */
  returned: { uuid: string; earlier: boolean };
}

export function createTurns(): Turns {
  const state: State = {
    tally: createTally(),
    drafts: [],
    begun: 0,
    current: undefined,
    lastCommand: "",
    returned: { uuid: "", earlier: false },
  };
  let known: readonly Turn[] | undefined;
  return {
    add(entry) {
      known = undefined;
      state.tally.add(entry);
      // With a prompt in the queue, Esc writes that prompt first and then how the turn before it ended.
      if (entry.is === "interrupted" && state.returned.earlier && entry.parent === state.returned.uuid) return [];
      take(state, entry);
      return told(entry, state.lastCommand).map((event) => ({ ...event, at: entry.at }));
    },
    get turns() {
      known ??= state.drafts.slice(-turnsKept).map(turnOf);
      return known;
    },
    get summary() {
      return state.tally.summary;
    },
    runs: state.tally.runs,
    get begun() {
      return state.begun;
    },
  };
}

function take(state: State, entry: Entry): void {
  if (entry.is === "prompt") prompted(state, entry);
  if (entry.is === "absorbed") absorbed(state, entry);
  if (entry.is === "notified" && !entry.absorbed) notified(state, entry);
  if (entry.is === "notified" && entry.absorbed) delivered(state, entry);
  if (entry.is === "said") say(state.current ?? begin(state, entry), entry);
  if (entry.is === "failed") stop(state, state.current ?? begin(state, entry), entry.problem);
  if (entry.is === "interrupted") stop(state, state.current, interruption(entry.at));
  if (entry.is === "returned") returned(state, entry);
  if (entry.is === "ended") ended(state, entry);
  if (entry.is === "commanded") state.lastCommand = entry.text;
  if (entry.is === "printed" && entry.begins)
    begin(state, entry, [promptOf(entry.prompt, state.lastCommand, entry.at)]);
}

const interruption = (at: number): Problem => ({ is: "interrupted", text: "Interrupted.", at });

const promptOf = (id: string | null, text: string, at: number, absorbed = false) => ({ id, text, at, absorbed });

function begin(
  state: State,
  entry: Entry,
  prompts: Turn["prompts"][number][] = [],
  number: number | null = null,
): Draft {
  if (state.current) supersede(state.current, entry.at);
  state.tally.stopped();
  const draft = newDraft(entry.at, prompts, number);
  state.current = draft;
  state.drafts.push(draft);
  if (state.drafts.length > 2 * turnsKept) state.drafts.splice(0, turnsKept);
  state.begun++;
  return draft;
}

function prompted(state: State, entry: EntryOf<"prompt">): void {
  const prompt = promptOf(entry.prompt, entry.text, entry.at);
  if (state.current && joins(state.current, entry)) state.current.prompts.push(prompt);
  else begin(state, entry, [prompt], entry.turn);
}

function absorbed(state: State, entry: EntryOf<"absorbed">): void {
  const prompt = promptOf(null, entry.text, entry.at, true);
  if (state.current && !state.current.ended) state.current.prompts.push(prompt);
  else begin(state, entry, [prompt]);
}

/** A turn that no person began: another session's, or one that goes on with what a background task brought back. */
function notified(state: State, entry: EntryOf<"notified">): void {
  if (entry.from === "session") {
    if (!state.current?.fresh || state.current.ended) begin(state, entry);
    return;
  }
  const owner = entry.call === null ? (state.current ?? begin(state, entry)) : ownerOf(state, entry.call);
  if (state.current && state.current !== owner) supersede(state.current, entry.at);
  // What a task of an earlier conversation brought back belongs to no turn that is known here.
  state.current = owner ?? newDraft(entry.at);
  reopen(state.current);
}

function returned(state: State, { uuid, results }: EntryOf<"returned">): void {
  state.returned = { uuid, earlier: results.some(({ id }) => !state.current?.calls.has(id)) };
}

/** A background task came back in the middle of a turn, which uses what it brought. */
function delivered(state: State, entry: EntryOf<"notified">): void {
  const owner = entry.call === null ? undefined : ownerOf(state, entry.call);
  if (owner) owner.background = Math.max(0, owner.background - 1);
}

const ownerOf = (state: State, call: string): Draft | undefined =>
  state.drafts.findLast((draft) => draft.calls.has(call));

function ended(state: State, entry: EntryOf<"ended">): void {
  state.tally.stopped();
  const others = state.drafts.filter((draft) => draft !== state.current);
  // The line counts the tasks of all turns.
  if (entry.background === 0) for (const draft of others) draft.background = 0;
  if (!state.current) return;
  close(state.current, entry.at);
  const elsewhere = others.reduce((sum, draft) => sum + draft.background, 0);
  state.current.background = Math.max(0, entry.background - elsewhere);
}

function stop(state: State, draft: Draft | undefined, problem: Problem): void {
  state.tally.stopped();
  if (!draft) return;
  draft.ended = true;
  draft.problem = problem;
}
