import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Phase } from "../../contract/worker.ts";
import { type Letter, newReceipt } from "./letter.ts";
import { createMailbox, type Delivery, type MailboxDeps } from "./mailbox.ts";

const letter = (id: string, text = id, more: Partial<Letter> = {}): Letter => ({
  receipt: newReceipt(id, text, "manager", 0, []),
  ...{ plain: text, chunks: [text], command: false, whenBusy: "hold", prompt: null },
  ...more,
});

/** A mailbox whose terminal is a list: what was typed, and how each try went. */
function post(tries: Delivery["is"][], phases: Phase["is"][] = []) {
  const typed: string[] = [];
  const states: string[] = [];
  let interrupts = 0;
  let settle = () => {};
  const done = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const deps: MailboxDeps = {
    async deliver({ receipt }) {
      const how = tries.shift() ?? "submitted";
      if (how === "later") return { is: "later" };
      typed.push(receipt.id);
      mailbox.settle(receipt.id, "typed");
      return how === "unconfirmed" ? { is: "unconfirmed", note: "no proof" } : { is: "submitted" };
    },
    async interrupt() {
      interrupts++;
    },
    async ready() {
      const is = phases.shift() ?? "idle";
      return (is === "working" ? { is } : { is: "idle" }) satisfies Phase;
    },
    moved: ({ receipt }) => {
      states.push(`${receipt.id} ${receipt.state}`);
      if (mailbox.letters.every((l) => l.receipt.state !== "accepted")) settle();
    },
    report: (cause) => states.push(String(cause)),
  };
  const mailbox = createMailbox(deps);
  return { mailbox, typed, states, done, interrupts: () => interrupts };
}

describe("the mailbox", () => {
  test("types every letter once and in order, however often it must wait", async () => {
    const how = fc.constantFrom<Delivery["is"]>("submitted", "later", "unconfirmed");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uuid(), { minLength: 1, maxLength: 20 }),
        fc.array(how, { maxLength: 60 }),
        async (ids, tries) => {
          const unique = [...new Set(ids)];
          const { mailbox, typed, done } = post([...tries]);
          for (const id of unique) mailbox.post(letter(id));
          await done;
          expect(typed).toEqual(unique);
        },
      ),
    );
  });

  test("a letter that is taken back while it waits is never typed", async () => {
    const { mailbox, typed, done } = post(["later", "later"]);
    mailbox.post(letter("one"));
    mailbox.post(letter("two"));
    mailbox.settle("one", "withdrawn");
    await done;
    expect(typed).toEqual(["two"]);
  });

  test("a letter without a proof ends as unconfirmed, with the reason, and holds up nothing", async () => {
    const { mailbox, done, typed } = post(["unconfirmed", "submitted"]);
    mailbox.post(letter("one"));
    mailbox.post(letter("two"));
    await done;
    expect(typed).toEqual(["one", "two"]);
    expect(mailbox.letters[0]?.receipt).toMatchObject({ state: "unconfirmed", notes: ["no proof"] });
  });

  test("a letter that interrupts stops the turn first, then is typed at idle", async () => {
    const { mailbox, done, typed, interrupts } = post([], ["working", "idle"]);
    mailbox.post(letter("now", "stop that", { whenBusy: "interrupt" }));
    await done;
    expect([interrupts(), typed]).toEqual([1, ["now"]]);
  });

  test("two letters alike are proven one after the other, never one twice", () => {
    const { mailbox } = post([]);
    for (const id of ["a", "b"]) mailbox.post(letter(id, "same", { chunks: [] }));
    for (const id of ["a", "b"]) mailbox.settle(id, "typed");
    mailbox.prove("same");
    expect(mailbox.letters.map((l) => l.receipt.state)).toEqual(["submitted", "typed"]);
    mailbox.prove("same");
    mailbox.record("same", 10);
    mailbox.record("same", 20);
    expect(mailbox.letters.map((l) => [l.receipt.state, l.prompt?.at])).toEqual([
      ["submitted", 10],
      ["submitted", 20],
    ]);
  });

  test("what was given up does not take the proof of the same text sent again", () => {
    const { mailbox } = post([]);
    for (const id of ["a", "b"]) mailbox.post(letter(id, "same", { chunks: [] }));
    mailbox.settle("a", "unconfirmed");
    mailbox.settle("b", "typed");
    mailbox.prove("same");
    mailbox.record("same", 10);
    const ends = mailbox.letters.map((l) => [l.receipt.state, l.prompt?.at]);
    expect(ends).toEqual([
      ["unconfirmed", undefined],
      ["submitted", 10],
    ]);
  });

  test("a proof that comes late turns unconfirmed into submitted", () => {
    const { mailbox } = post([]);
    mailbox.post(letter("a", "text", { chunks: [] }));
    mailbox.settle("a", "typed");
    mailbox.settle("a", "unconfirmed");
    mailbox.record("text", 5);
    expect(mailbox.letters[0]?.receipt.state).toBe("submitted");
  });

  test("a turn told again after a restart is not the answer to a later letter alike", () => {
    const { mailbox } = post([]);
    mailbox.post(letter("a", "go on", { chunks: [], prompt: { text: "go on", at: 10 } }));
    mailbox.post({ ...letter("b", "go on", { chunks: [] }) });
    mailbox.settle("b", "unconfirmed");
    mailbox.record("go on", 10);
    mailbox.record("go on", -5);
    expect(mailbox.letters[1]).toMatchObject({ prompt: null, receipt: { state: "unconfirmed" } });
  });

  test("letters that ended are forgotten after fifty, those on their way never", () => {
    const { mailbox } = post([]);
    mailbox.post(letter("waits", "x", { chunks: [] }));
    for (let n = 0; n < 80; n++) {
      mailbox.post(letter(`m${n}`, "x", { chunks: [] }));
      mailbox.settle(`m${n}`, "answered");
    }
    expect(mailbox.letters.some((l) => l.receipt.id === "waits")).toBe(true);
    expect(mailbox.letters.length).toBeLessThanOrEqual(53);
  });
});
