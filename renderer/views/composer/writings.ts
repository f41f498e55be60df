import { create } from "zustand";
import type { WorkerId } from "../../../contract/worker.ts";
import { type Fits, fieldsThatFit, isObject, isText, isTexts, readKept } from "../../kept.ts";
import { nothingWritten, type Writing } from "../../words/paste.ts";

/** What is written to a worker and not sent, and to whom else it goes. */
export interface Draft extends Writing {
  readonly others: readonly WorkerId[];
}

const empty: Draft = { ...nothingWritten, others: [] };
const fits: Fits<Draft> = { text: isText, pastes: isTexts, others: isTexts };
const key = "claude-team.writings";
const storeAfterMs = 400;

/** The drafts, apart from the panel's store: a key that is pressed concerns nobody else. They outlive a reload of the page. */
const useWritings = create<Readonly<Record<WorkerId, Draft>>>()(readDrafts);

export const draftOf = (id: WorkerId): Draft => useWritings.getState()[id] ?? empty;
export const useDraft = (id: WorkerId): Draft => useWritings((drafts) => drafts[id] ?? empty);

export function write(id: WorkerId, change: Partial<Draft>): void {
  useWritings.setState({ [id]: { ...draftOf(id), ...change } });
  clearTimeout(timer);
  timer = setTimeout(store, storeAfterMs);
}

export const forgetDraft = (id: WorkerId): void => write(id, empty);

function readDrafts(): Record<WorkerId, Draft> {
  const kept = Object.entries(readKept(sessionStorage, key));
  return Object.fromEntries(
    kept.map(([id, draft]) => [id, { ...empty, ...(isObject(draft) && fieldsThatFit(draft, fits)) }]),
  );
}

let timer: ReturnType<typeof setTimeout> | undefined;
addEventListener("pagehide", store);

function store(): void {
  const drafts = Object.entries(useWritings.getState()).filter(([, { text, others }]) => text || others.length > 0);
  try {
    sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(drafts)));
  } catch {
    // More than the browser keeps: it stays on the page, and is lost only with a reload.
  }
}
