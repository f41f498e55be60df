import { create } from "zustand";
import type { RequestId } from "../../../contract/request.ts";
import { usePanel } from "../../store.ts";
import type { Choice } from "../../words/answers.ts";

/** What is chosen and written for a request and not sent. */
interface HalfAnswer {
  /** By the place of the question. */
  readonly choices: readonly Choice[];
  /** For denying. */
  readonly reason: string;
}

const nothing: HalfAnswer = { choices: [], reason: "" };

/** Apart from the cards, which go whenever the person looks at something else. */
const useHalfAnswers = create<Readonly<Record<RequestId, HalfAnswer>>>()(() => ({}));

export const useHalfAnswer = (id: RequestId): HalfAnswer => useHalfAnswers((all) => all[id] ?? nothing);

/** Keeps it until the request is settled. */
export function keepHalfAnswer(id: RequestId, change: Partial<HalfAnswer>): void {
  const all = useHalfAnswers.getState();
  const open = openRequests();
  const still = Object.fromEntries(Object.entries(all).filter(([other]) => open.has(other)));
  useHalfAnswers.setState({ ...still, [id]: { ...nothing, ...all[id], ...change } }, true);
}

function openRequests(): ReadonlySet<RequestId> {
  const workers = [...usePanel.getState().team.workers.values()];
  return new Set(workers.flatMap(({ phase }) => (phase.is === "asking" ? phase.requests.map(({ id }) => id) : [])));
}
