import type { Connection } from "./connection.ts";
import type { Iterm2Terminal } from "./iterm2-terminal.ts";

/** What a session needs of its host. */
export interface Surroundings {
  readonly connection: Connection;
  /** Of its pane, as last heard; undefined while it is hidden. */
  size(session: string): { cols: number; rows: number } | undefined;
  /** Something may be wrong with it: looks whether it still lives. */
  look(): Promise<void>;
  /** Hears that its command has ended. */
  ended(terminal: Iterm2Terminal): void;
  /** Takes its pane away; later, when iTerm2 cannot be reached now. */
  closePane(session: string): Promise<void>;
  /** Its name is another one. */
  renamed(terminal: Iterm2Terminal): Promise<void>;
  readonly now: () => number;
  readonly graceMs: number;
}
