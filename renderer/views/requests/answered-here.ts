import { create } from "zustand";
import type { RequestId } from "../../../contract/request.ts";
import type { Rule } from "../../../contract/rule.ts";
import type { WorkerId } from "../../../contract/worker.ts";

/** The requests that were answered on this page; all others were answered elsewhere. */
export const answeredHere = new Set<RequestId>();

/** Rules that were kept on this page and can be undone on the spot. */
export const useKeptRules = create<Readonly<Record<WorkerId, readonly Rule[]>>>()(() => ({}));

export const keptRule = (worker: WorkerId, rule: Rule): void =>
  useKeptRules.setState((kept) => ({ [worker]: [...(kept[worker] ?? []), rule] }));
