import type { Receipt } from "../../../contract/receipt.ts";
import type { Worker } from "../../../contract/worker.ts";
import { call } from "../../store.ts";
import { plain } from "../../words/plain.ts";
import { receiptWord, shownReceipts } from "../../words/receipts.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { useLeaveFocus } from "../leave-focus.ts";

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
  const { by, state } = receipt;
  const [text, ...notes] = [receipt.text, ...receipt.notes].map(plain);
  const failed = state === "unconfirmed" || state === "undelivered";
  const more = notes.join(" · ");
  return (
    <li className={`receipt receipt-${state}${receipt.brokenOff ? " broken-off" : ""}`}>
      <span className="receipt-state">{receiptWord(receipt, worker.phase)}</span>
      <span className="receipt-text" title={[text, ...notes].join("\n")}>
        {by === "manager" && "Manager: "}
        {text}
        {more && !failed && ` · ${more}`}
      </span>
      <span className="receipt-ways">
        {waysOn(receipt, worker).map((way) => (
          <WayButton key={way.label} way={way} action={action} />
        ))}
      </span>
      {more && failed && <span className="receipt-notes">{more}</span>}
      <Failure of={action.failure} />
    </li>
  );
}

/** It goes with the state that offered it. */
function WayButton({ way, action }: { way: Way; action: ReturnType<typeof useAction> }) {
  const button = useLeaveFocus<HTMLButtonElement>();
  return (
    <button
      ref={button}
      type="button"
      className="button plain"
      aria-disabled={action.busy}
      onClick={() => action.busy || action.run(way.act)}
    >
      {way.label}
    </button>
  );
}

interface Way {
  readonly label: string;
  readonly act: () => Promise<unknown>;
}

/** What can be done about a message: taken back before it is typed; sent once more when it was not, or nothing confirmed it; cleared. */
function waysOn({ id, state }: Receipt, { id: worker }: Worker): Way[] {
  const again = { label: "Try again", act: () => call("resend", { worker, message: id }) };
  switch (state) {
    case "accepted":
      return [{ label: "Withdraw", act: () => call("withdraw", { worker, message: id }) }];
    case "unconfirmed":
      return [again, { label: "Clear input", act: () => call("clear", { worker }) }];
    case "undelivered":
      return [again];
    default:
      return [];
  }
}
