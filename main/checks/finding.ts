/** What one look found. */
export interface Finding {
  /** missing: without it nothing works. note: it works, but something is worth knowing. */
  readonly state: "ok" | "note" | "missing";
  readonly fact: string;
  /** What to do about it; null when all is well. */
  readonly fix: string | null;
}

export const good = (fact: string): Finding => ({ state: "ok", fact, fix: null });
export const note = (fact: string, fix: string): Finding => ({ state: "note", fact, fix });
export const missing = (fact: string, fix: string): Finding => ({ state: "missing", fact, fix });
