import type { Receipt } from "../../../contract/receipt.ts";
import type { Worker } from "../../../contract/worker.ts";
import { call } from "../../store.ts";
import { receiptWord, shownReceipts } from "../../words/receipts.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";

/** What became of the messages that were sent, newest first. */
export function Receipts({ worker }: { worker: Worker }) {
  const shown = shownReceipts(worker.receipts).reverse();
  if (shown.length === 0) return null;
  return (
    <ul className="receipts" aria-label="Sent messages" aria-live="polite">
      {shown.map((receipt) => (
        <ReceiptLine key={receipt.id} receipt={receipt} worker={worker} />
      ))}
    </ul>
  );
}

function ReceiptLine({ receipt, worker }: { receipt: Receipt; worker: Worker }) {
  const action = useAction();
  const { id, text, by, state, notes } = receipt;
  const withdraw = () => action.run(() => call("withdraw", { worker: worker.id, message: id }));
  const failed = state === "unconfirmed" || state === "undelivered";
  const more = notes.join(" · ");
  const clear = () => action.run(() => call("clear", { worker: worker.id }));
  return (
    <li className={`receipt receipt-${state}`}>
      <span className="receipt-state">{receiptWord(receipt, worker.phase)}</span>
      <span className="receipt-text" title={[text, ...notes].join("\n")}>
        {by === "manager" && "Manager: "}
        {text}
        {more && !failed && ` · ${more}`}
      </span>
      {state === "accepted" && (
        <button type="button" className="button plain" disabled={action.busy} onClick={withdraw}>
          Withdraw
        </button>
      )}
      {state === "unconfirmed" && (
        <button type="button" className="button plain" disabled={action.busy} onClick={clear}>
          Clear input
        </button>
      )}
      {more && failed && <span className="receipt-notes">{more}</span>}
      <Failure of={action.failure} />
    </li>
  );
}
