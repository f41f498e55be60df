import { create } from "zustand";
import type { WorkerId } from "../../../contract/worker.ts";
import { type Fits, fieldsThatFit, isObject, isText, isTexts, readKept } from "../../kept.ts";
import { usePanel } from "../../store.ts";
import { nothingWritten, type Writing, writtenAfter } from "../../words/paste.ts";

/** What is written on the page of a worker and not sent. */
export interface Draft extends Writing {
  /** To whom it goes; nobody named: to the worker of the page. */
  readonly to: readonly WorkerId[];
}

const empty: Draft = { ...nothingWritten, to: [] };
const fits: Fits<Draft> = { text: isText, pastes: isTexts, to: isTexts };
const key = "claude-team.writings";
const storeAfterMs = 400;

/** The app has several pages, which come and go, and a profile that no other home shares. A tab of a browser has its own drafts. */
const storage = window.claudeTeam ? localStorage : sessionStorage;

/** The drafts, apart from the panel's store: a key that is pressed concerns nobody else. They outlive a reload of the page. */
const useWritings = create<Readonly<Record<WorkerId, Draft>>>()(readDrafts);

const draftOf = (id: WorkerId): Draft => useWritings.getState()[id] ?? empty;
export const useDraft = (id: WorkerId): Draft => useWritings((drafts) => drafts[id] ?? empty);

export const recipientsOf = (page: WorkerId, { to }: Draft): readonly WorkerId[] => (to.length > 0 ? to : [page]);

export function write(id: WorkerId, change: Partial<Draft>): void {
  const draft = { ...draftOf(id), ...change };
  // What is for those alone who did not take a message ends with its text.
  const ends = change.text === "" && !draft.to.includes(id);
  useWritings.setState({ [id]: ends ? { ...draft, to: [] } : draft });
  clearTimeout(timer);
  timer = setTimeout(store, storeAfterMs);
}

/** These took this text: who is left gets it by the next try, and nobody twice. What was typed meanwhile is the next message. */
export function wasTaken(page: WorkerId, text: string, by: readonly WorkerId[]): void {
  if (by.length === 0) return;
  const draft = draftOf(page);
  const left = recipientsOf(page, draft).filter((id) => !by.includes(id));
  if (left.length > 0) {
    write(page, { to: left });
    return;
  }
  const next = writtenAfter(draft, text) ?? draft;
  write(page, { ...next, to: next.text !== "" && draft.to.includes(page) ? draft.to : [] });
}

function readDrafts(): Record<WorkerId, Draft> {
  const kept = Object.entries(readKept(storage, key));
  return Object.fromEntries(
    kept.map(([id, draft]) => [id, { ...empty, ...(isObject(draft) && fieldsThatFit(draft, fits)) }]),
  );
}

let timer: ReturnType<typeof setTimeout> | undefined;
addEventListener("pagehide", () => timer === undefined || store());
// Another page of the app has stored.
addEventListener("storage", (event) => event.key === key && useWritings.setState(readDrafts(), true));

/** Those to workers that are still on the list. */
function store(): void {
  clearTimeout(timer);
  timer = undefined;
  const { workers } = usePanel.getState().team;
  const drafts = Object.entries(useWritings.getState()).filter(
    ([id, { text, to }]) => workers.has(id as WorkerId) && (text || to.length > 0),
  );
  try {
    storage.setItem(key, JSON.stringify(Object.fromEntries(drafts)));
  } catch {
    // More than the browser keeps: it stays on the page, and is lost only with it.
  }
}
