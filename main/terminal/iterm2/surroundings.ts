import type { Connection } from "./connection.ts";

/** What a session needs of its host. */
export interface Surroundings {
  readonly connection: Connection;
  /** Of its pane, as last heard; undefined while it is hidden. */
  size(session: string): { cols: number; rows: number } | undefined;
  /** Something may be wrong with it: looks whether it still lives. */
  look(): Promise<void>;
  /** Hears that the command in it has ended. */
  ended(session: string): void;
  /** Takes its pane away; later, when iTerm2 cannot be reached now. */
  closePane(session: string): Promise<void>;
  /** Its name is another one. */
  renamed(): Promise<void>;
  readonly now: () => number;
  readonly graceMs: number;
}
