import type { Connection } from "./connection.ts";
import { type Layout, sessionsOf } from "./layout.ts";
import { titleCall } from "./profile.ts";

/** Characters of a tab's title; iTerm2 cuts longer ones in the middle. */
const longest = 60;

/** The titles of the tabs that hold nothing but named sessions; a tab with one of the person's own keeps its title. */
export function tabTitles({ windows }: Layout, nameOf: (session: string) => string | undefined): Map<string, string> {
  const titles = new Map<string, string>();
  for (const tab of windows.flatMap(({ tabs }) => tabs)) {
    const names = sessionsOf(tab).map(nameOf);
    if (names.length > 0 && names.every((name) => name !== undefined)) titles.set(tab.id, shortened(names.join(" · ")));
  }
  return titles;
}

function shortened(title: string): string {
  const characters = [...title];
  return characters.length <= longest ? title : `${characters.slice(0, longest - 1).join("")}…`;
}

/** The titles as iTerm2 has them from us. */
export interface Titles {
  /** Sets those that changed. */
  set(layout: Layout, nameOf: (session: string) => string | undefined): Promise<void>;
  /** iTerm2 may have others by now. */
  forget(): void;
}

export function createTitles(call: Connection["call"]): Titles {
  const known = new Map<string, string>();
  return {
    async set(layout, nameOf) {
      for (const [tab, title] of tabTitles(layout, nameOf)) {
        if (known.get(tab) === title) continue;
        known.set(tab, title);
        const context = { case: "method", value: { receiver: tab } } as const;
        await call("invokeFunction", { context, invocation: titleCall(title) });
      }
    },
    forget: () => known.clear(),
  };
}
