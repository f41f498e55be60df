import type { Desk } from "./desk.ts";
import type { Delays, Happening } from "./happening.ts";
import type { MainThread } from "./main-thread.ts";
import type { State } from "./state.ts";
import type { Subscriptions } from "./subscriptions.ts";
import type { CallName, CallOf, Result } from "./wire.ts";

/** What a call of a client works on. */
export interface Scene {
  readonly state: State;
  readonly desk: Desk;
  readonly main: MainThread;
  readonly delays: Delays;
  /** Those of the client that calls. */
  readonly subscriptions: Subscriptions;
  readonly tell: (happening: Happening) => void;
  /** A client did what no client may do to a real iTerm2. */
  readonly complain: (fact: string) => void;
  /** Asks the person, and stops everything until the answer. */
  readonly ask: (question: string) => Promise<boolean>;
}

/** A promise: the reply comes later, and others may come before it. */
export type Handlers<Names extends CallName = CallName> = {
  readonly [Name in Names]: (call: CallOf<Name>, scene: Scene) => Result | Promise<Result>;
};

export const after = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
