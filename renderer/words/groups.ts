import type { Worker, WorkerId } from "../../contract/worker.ts";
import { repoOf } from "./filter.ts";
import { sectionNames, sectionOf, sections } from "./sections.ts";

/** Workers under one heading. No two of a list have the same name. */
export interface Group {
  readonly name: string;
  readonly workers: readonly Worker[];
}

/** The list by state, or by repository in the order of the alphabet, with the states' order inside. `opened`: see sections. */
export function groups(workers: readonly Worker[], by: "state" | "repo", opened?: WorkerId): Group[] {
  if (by === "state") return sections(workers, opened);
  const names = shortNames(workers.map(repoOf));
  const rank = (worker: Worker) => sectionNames.indexOf(sectionOf(worker));
  return [...names]
    .sort(([, a], [, b]) => a.localeCompare(b))
    .map(([repo, name]) => ({
      name,
      workers: workers.filter((worker) => repoOf(worker) === repo).sort((a, b) => rank(a) - rank(b)),
    }));
}

/** Each path by its last part; where that is another's too, by as many parts as tell them apart. */
export function shortNames(paths: readonly string[]): Map<string, string> {
  const all = [...new Set(paths)];
  const tail = (path: string, parts: number) => path.split("/").slice(-parts).join("/");
  const shortest = (path: string) => {
    const most = path.split("/").length;
    let parts = 1;
    while (parts < most && all.some((other) => other !== path && tail(other, parts) === tail(path, parts))) parts++;
    return tail(path, parts);
  };
  return new Map(all.map((path) => [path, shortest(path)]));
}

/** The rows of `before` where they were, with what is true of them now; who is new waits until the list is let go. */
export function heldStill(before: readonly Group[], now: readonly Group[]): Group[] {
  const known = new Map(now.flatMap(({ workers }) => workers).map((worker) => [worker.id, worker]));
  return before
    .map(({ name, workers }) => ({ name, workers: workers.flatMap(({ id }) => known.get(id) ?? []) }))
    .filter(({ workers }) => workers.length > 0);
}

/** The next one down the list that asks, going on from its top; when none asks, the next that is unread. */
export function nextInNeed(shown: readonly Group[], selected: WorkerId | undefined): WorkerId | undefined {
  const all = shown.flatMap(({ workers }) => workers);
  const here = all.findIndex(({ id }) => id === selected);
  const round = [...all.slice(here + 1), ...all.slice(0, here + 1)];
  const found = round.find(({ phase }) => phase.is === "asking") ?? round.find((worker) => worker.unread);
  return found?.id;
}
