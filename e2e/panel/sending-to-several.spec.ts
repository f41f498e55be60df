import { expect, test } from "vitest";
import { TeamError } from "../../contract/error.ts";
import type { Receipt } from "../../contract/receipt.ts";
import { needsChromium } from "../needs.ts";
import { teamOf, told } from "./conversations.ts";
import { scriptedPages, see } from "./panel.ts";
import type { Scripted } from "./scripted.ts";
import { shoot } from "./shots.ts";
import { worker } from "./states.ts";

const refusal = new TeamError("DRAFT_PRESENT", "something stands in its input box");
const sent: Receipt = { id: "msg-9", text: "", at: 0, by: "person", state: "accepted", notes: [] };

needsChromium("a message to several", () => {
  const openPage = scriptedPages();
  let stage: Scripted;
  const field = () => stage.page.getByRole("textbox", { name: /^Message to/ });

  /** Writes this to ana, ben and cleo on the page of ana, where these refuse it; later they do not. */
  async function sendToThree(text: string, refuses: (name: string) => boolean) {
    const three = [worker("ana"), worker("ben"), worker("cleo")];
    const nameOf = (id: string) => three.find((one) => one.id === id)?.name ?? "";
    stage = await openPage(teamOf(...three), {
      ...told({}),
      send: async ({ worker }) => (refuses(nameOf(worker)) ? Promise.reject(refusal) : sent),
    });
    const { page } = stage;
    await page.getByRole("button", { name: "ana" }).first().click();
    await page.getByRole("button", { name: "To others…" }).click();
    for (const name of ["ben", "cleo"]) await page.getByRole("checkbox", { name }).check();
    await page.keyboard.press("Escape");
    await field().fill(text);
    await page.getByRole("button", { name: "Send to 3" }).click();
    await see(page.getByRole("alert")).toContainText("not taken by");
    stage.answers({ send: async () => sent });
    const sentTo = () => stage.called("send").map(({ worker, text }) => `${nameOf(worker)}: ${text}`);
    return { page, sentTo, chips: page.getByRole("list", { name: "Goes to" }) };
  }

  test("names who did not take it, and stays for that one; nobody gets it twice", async () => {
    const { page, sentTo, chips } = await sendToThree("stop please", (name) => name === "cleo");
    await see(page.getByRole("alert")).toContainText(
      "not taken by cleo (something stands in its input box); ana, ben have it.",
    );
    await see(chips).toHaveText("Tocleo");
    await see(page.getByText("ana took its message.")).toBeVisible();
    await shoot(page, "page-left");
    await see(page.getByRole("textbox", { name: "Message to cleo" })).toHaveValue("stop please");
    await page.getByRole("button", { name: "Send to cleo" }).click();
    await see(field()).toHaveValue("");
    expect(sentTo()).toEqual([...["ana", "ben", "cleo"], "cleo"].map((name) => `${name}: stop please`));

    await see(chips).toBeHidden();
    await page.getByRole("textbox", { name: "Message to ana" }).fill("go on");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await see.poll(() => sentTo().at(-1)).toBe("ana: go on");
  });

  test("that is changed afterwards is still for those alone who refused it", async () => {
    const { page, sentTo, chips } = await sendToThree("stop", (name) => name !== "ana");
    await see(chips).toHaveText("Tobencleo");
    await page.getByRole("button", { name: "Not to cleo" }).click();
    await see(page.getByRole("button", { name: "Not to ben" })).toBeHidden();
    await page.getByRole("button", { name: "To others…" }).click();
    await see(page.getByRole("checkbox", { name: "ben" })).toBeDisabled();
    await page.keyboard.press("Escape");
    await field().fill("stop, please");
    await page.getByRole("button", { name: "Send to ben" }).click();
    await see(field()).toHaveValue("");
    expect(sentTo().slice(3)).toEqual(["ben: stop, please"]);
  });

  test("that is emptied afterwards leaves the page's own worker to write to", async () => {
    const { page, sentTo, chips } = await sendToThree("stop", (name) => name === "cleo");
    await field().fill("");
    await see(chips).toBeHidden();
    await field().fill("hello");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await see.poll(() => sentTo().slice(3)).toEqual(["ana: hello"]);
  });

  test("that nobody takes is had by nobody, and stays for all", async () => {
    const { page, chips } = await sendToThree("stop", () => true);
    const why = "(something stands in its input box)";
    await see(page.getByRole("alert")).toContainText(
      `not taken by ana ${why}, ben ${why}, cleo ${why}; nobody has it.`,
    );
    await see(chips).toHaveText("Toanabencleo");
  });
});
