import type { Receipt } from "../../contract/receipt.ts";
import type { Worker } from "../../contract/worker.ts";

const finishedShown = 2;

/** What is still under way or needs a hand, and the newest that are done; oldest first. What was sent again stands there once. */
export function shownReceipts(receipts: readonly Receipt[]): Receipt[] {
  const finished = receipts.filter(isFinished).slice(-finishedShown);
  const repeated = new Set(receipts.filter(stands).map(({ repeats }) => repeats));
  return receipts.filter((receipt) => (isFinished(receipt) ? finished.includes(receipt) : !repeated.has(receipt.id)));
}

const stands = ({ state }: Receipt) => state !== "withdrawn" && state !== "undelivered";
const isFinished = ({ state }: Receipt) => state === "answered" || state === "withdrawn";

/** How many wait their turn. */
export const waitingCount = (receipts: readonly Receipt[]): number =>
  receipts.filter(({ state }) => state === "accepted").length;

/** The state of a message in plain words. `phase` says what a held message waits for. */
export function receiptWord(receipt: Receipt, phase: Worker["phase"]): string {
  if (receipt.brokenOff) return "Broken off";
  const { state } = receipt;
  switch (state) {
    case "accepted":
      return phase.is === "asking" ? "Waiting until the request is answered" : "Waiting its turn";
    case "typed":
      return "Typed";
    case "submitted":
      return "Submitted";
    case "answered":
      return "Answered";
    case "unconfirmed":
      return "Typed, not confirmed";
    case "withdrawn":
      return "Withdrawn";
    case "undelivered":
      return "Not delivered";
  }
}
