import type { Worker } from "../../contract/worker.ts";
import { type SectionName, sectionOf } from "./sections.ts";
import { sentence } from "./sentence.ts";

/** What the filter field asks for. Within one kind any is enough; the kinds, and all words, must hold together. */
export interface Filter {
  readonly sections: readonly SectionName[];
  readonly repos: readonly string[];
  readonly words: readonly string[];
}

const spoken: Readonly<Record<string, SectionName>> = {
  asking: "Needs you",
  blocked: "Needs you",
  needs: "Needs you",
  working: "Working",
  busy: "Working",
  starting: "Working",
  unread: "Unread",
  done: "Unread",
  finished: "Unread",
  idle: "Idle",
  ready: "Idle",
  ended: "Ended",
  closed: "Ended",
  gone: "Ended",
};

/** `s:asking repo:shop tests` → its parts. The start of a state's word is enough; a state nobody knows finds nobody. */
export function parseFilter(text: string): Filter {
  const parts = text.toLowerCase().split(/\s+/).filter(Boolean);
  const after = (prefix: string) =>
    parts.filter((part) => part.startsWith(prefix) && part !== prefix).map((part) => part.slice(prefix.length));
  return {
    sections: after("s:").flatMap(sectionsNamed),
    repos: after("repo:"),
    words: [
      ...parts.filter((part) => !/^(s|repo):/.test(part)),
      ...after("s:")
        .filter((word) => sectionsNamed(word).length === 0)
        .map((word) => `s:${word}`),
    ],
  };
}

function sectionsNamed(start: string): SectionName[] {
  const found = Object.entries(spoken).filter(([word]) => word.startsWith(start));
  return [...new Set(found.map(([, section]) => section))];
}

/** Whether the worker is one of those asked for. */
export function passes(worker: Worker, { sections, repos, words }: Filter): boolean {
  const { name, id, cwd, branch, model } = worker;
  const text = [name, id, cwd, branch, model, sentence(worker)].join("\n").toLowerCase();
  return (
    (sections.length === 0 || sections.includes(sectionOf(worker))) &&
    (repos.length === 0 || repos.some((repo) => repoOf(worker).toLowerCase().includes(repo))) &&
    words.every((word) => text.includes(word))
  );
}

/** The worker's repository, or its directory when it is in none; an absolute path. */
export const repoOf = ({ repo, cwd }: Pick<Worker, "repo" | "cwd">): string => repo ?? cwd;
