const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, short enough for a row: `now`, `4 min`, `3 h`, `2 d`. A moment that lies ahead (clocks differ) is now. */
export function age(since: number, now: number): string {
  const ms = now - since;
  if (ms < minute) return "now";
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  if (ms < day) return `${Math.floor(ms / hour)} h`;
  return `${Math.floor(ms / day)} d`;
}

/** The same as part of a sentence: `just now`, `4 min ago`. */
export function ago(since: number, now: number): string {
  const short = age(since, now);
  return short === "now" ? "just now" : `${short} ago`;
}
