import { useState } from "react";
import { type TeamError, toTeamError } from "../../contract/error.ts";

/** One thing a person can do: under way, or failed, or neither. */
export interface Action {
  readonly busy: boolean;
  readonly failure: TeamError | undefined;
  /** Resolves with whether it worked. */
  run(act: () => Promise<unknown>): Promise<boolean>;
  forget(): void;
}

export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<TeamError>();

  async function run(act: () => Promise<unknown>): Promise<boolean> {
    setBusy(true);
    setFailure(undefined);
    try {
      await act();
      return true;
    } catch (cause) {
      setFailure(asTeamError(cause));
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { busy, failure, run, forget: () => setFailure(undefined) };
}

export const asTeamError = (cause: unknown): TeamError => toTeamError(cause, (id, fault) => console.error(id, fault));
