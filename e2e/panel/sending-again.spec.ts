import { expect, test } from "vitest";
import { TeamError } from "../../contract/error.ts";
import type { Receipt } from "../../contract/receipt.ts";
import { needsChromium } from "../needs.ts";
import { told } from "./conversations.ts";
import { scriptedPages, see } from "./panel.ts";
import type { Scripted } from "./scripted.ts";
import { pictureTime, stateOf, worker } from "./states.ts";

const first: Receipt = {
  ...{ id: "msg-1", text: "Run the tests", at: pictureTime, by: "manager", state: "unconfirmed" },
  notes: ["typed, not confirmed: it may still stand in the input box, where a person can clear it"],
};
const again: Receipt = { ...first, id: "msg-2", by: "person", state: "accepted", notes: [], repeats: "msg-1" };
const ana = worker("ana");

needsChromium("a message that nothing confirmed, or was never typed", () => {
  const openPage = scriptedPages();
  let stage: Scripted;

  async function open(receipt = first) {
    stage = await openPage(stateOf([{ ...ana, receipts: [receipt] }]), told({ [ana.id]: [] }));
    await stage.page.getByRole("button", { name: /ana/ }).first().click();
    return { ...stage, sent: stage.page.getByRole("list", { name: "Sent messages" }) };
  }

  test("is sent again by one command, whoever sent it, and stands there once from then on", async () => {
    const { store, answers, called, sent } = await open();
    await see(sent).toContainText("Manager: Run the tests");
    answers({
      resend: async () => {
        store.dispatch({ type: "receipt.moved", id: ana.id, receipt: again });
        return { sent: true, receipt: again };
      },
    });
    await sent.getByRole("button", { name: "Try again" }).click();
    await see(sent.getByRole("listitem")).toHaveText([/^Waiting its turnRun the tests/]);
    expect(called("resend")).toEqual([{ worker: ana.id, message: "msg-1" }]);
    expect([called("clear"), called("send")]).toEqual([[], []]);
  });

  test("is sent again the same way when it was never typed", async () => {
    const { store, answers, called, sent } = await open({ ...first, state: "undelivered", notes: [] });
    answers({
      resend: async () => {
        store.dispatch({ type: "receipt.moved", id: ana.id, receipt: again });
        return { sent: true, receipt: again };
      },
    });
    await see(sent.getByRole("button")).toHaveText(["Try again"]);
    await sent.getByRole("button", { name: "Try again" }).click();
    await see(sent.getByRole("listitem")).toHaveText([/^Waiting its turnRun the tests/]);
    expect(called("resend")).toEqual([{ worker: ana.id, message: "msg-1" }]);
  });

  test("is not, where somebody's draft stands in the way: that is said, and nothing is cleared", async () => {
    const { answers, called, sent } = await open();
    answers({
      resend: () => Promise.reject(new TeamError("DRAFT_PRESENT", "ana's input box holds something else")),
    });
    await sent.getByRole("button", { name: "Try again" }).click();
    await see(sent).toContainText("ana's input box holds something else");
    await see(sent.getByRole("button", { name: "Try again" })).toBeEnabled();
    expect(called("clear")).toEqual([]);
  });
});
