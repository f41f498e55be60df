import type { SectionName } from "./sections.ts";

/** How the team is: what a person should do first, apart from the rest. */
export function teamWords(places: readonly SectionName[]): { needs: string | undefined; others: string } {
  const count = (name: SectionName) => places.filter((place) => place === name).length;
  const [asking, working, unread] = [count("Needs you"), count("Working"), count("Unread")];
  const others = [working > 0 && `${working} working`, unread > 0 && `${unread} unread`].filter(Boolean).join(" · ");
  return {
    needs: asking > 0 ? `${asking} ${asking === 1 ? "needs" : "need"} you` : undefined,
    others: others || (places.length === 0 ? "No workers yet" : asking > 0 ? "" : "Nobody needs you"),
  };
}
