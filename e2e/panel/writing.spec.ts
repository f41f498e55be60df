import { expect, test } from "vitest";
import type { Receipt } from "../../contract/receipt.ts";
import { needsChromium } from "../needs.ts";
import { teamOf, told } from "./conversations.ts";
import { scriptedPages, see } from "./panel.ts";
import { openScripted, type Scripted } from "./scripted.ts";
import { permission, question, worker } from "./states.ts";
import { allowClipboard, inElectron } from "./tab.ts";

const [ana, ben] = [worker("ana"), worker("ben")];
const log = Array.from({ length: 120 }, (_, line) => `line ${line}`).join("\n");
const accepted: Receipt = { id: "msg-1", text: "", at: 0, by: "person", state: "accepted", notes: [] };

needsChromium("what a person writes to a worker", () => {
  const openPage = scriptedPages();
  let stage: Scripted;
  const field = () => stage.page.getByRole("textbox", { name: /^Message to/ });
  const texts = () => stage.called("send").map(({ text }) => text);

  async function open(shown = ana): Promise<Scripted> {
    stage = await openPage(teamOf(shown, ben), { ...told({}), send: async () => accepted });
    await stage.page.getByRole("button", { name: shown.name }).first().click();
    return stage;
  }

  test("while the message before is on its way is the next message, and nothing is sent twice", async () => {
    const { page, answers } = await open();
    let accept = (_: Receipt): void => {};
    answers({ send: () => new Promise((resolve) => (accept = resolve)) });
    await field().fill("Fix the tests.");
    await field().press("Enter");
    await see.poll(texts).toEqual(["Fix the tests."]);
    await page.keyboard.type(" Then the docs.");
    accept(accepted);
    await see(field()).toHaveValue("Then the docs.");
    answers({ send: async () => accepted });
    await field().press("Enter");
    await see(field()).toHaveValue("");
    expect(texts()).toEqual(["Fix the tests.", "Then the docs."]);
  });

  test("and takes along to another keeps its large pastes whole", async () => {
    const { page } = await open();
    await allowClipboard(page);
    await field().pressSequentially("Look at this: ");
    await page.evaluate((text) => navigator.clipboard.writeText(text), log);
    await page.keyboard.press("ControlOrMeta+V");
    await see(field()).toHaveValue("Look at this: [Pasted text 1: 120 lines]");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("ControlOrMeta+X");
    await see(field()).toHaveValue("");
    await page.keyboard.press("ControlOrMeta+Z");
    await see(field()).toHaveValue("Look at this: [Pasted text 1: 120 lines]");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("ControlOrMeta+C");
    await page.getByRole("button", { name: "ben" }).first().click();
    await field().click();
    await page.keyboard.press("ControlOrMeta+V");
    await field().press("Enter");
    await see.poll(texts).toEqual([`Look at this: ${log}`]);
  });

  test("in answer to its requests stands there until they are settled, wherever the person looks meanwhile", async () => {
    const requests = [question("Which library?"), permission()];
    const { page, goTo } = await open(worker("asks", { phase: { is: "asking", requests } }));
    const own = page.getByRole("textbox", { name: "Own answer to: Which library?" });
    const reason = page.getByRole("textbox", { name: /^Reason for denying/ });
    await own.fill("Neither: write our own.");
    await reason.fill("Only the tests of the cart.");
    await goTo(ben.id);
    await see(page.getByRole("heading", { level: 2, name: "ben" })).toBeVisible();
    await goTo("settings");
    await see(own).toBeHidden();
    await page.keyboard.press("n");
    await see(own).toHaveValue("Neither: write our own.");
    await see(reason).toHaveValue("Only the tests of the cart.");
  });

  test.skipIf(inElectron)("in the app is in its popover and its window alike, and outlives both", async () => {
    const { page } = await open();
    const [popover, context] = [field(), page.context()];
    const another = async () => {
      const opened = await openScripted(() => context.newPage(), teamOf(ana, ben), told({}));
      await opened.page.getByRole("button", { name: "ana" }).first().click();
      return opened.page;
    };
    const window = await another();
    const inWindow = window.getByRole("textbox", { name: /^Message to/ });
    await popover.fill("Half a");
    await see(inWindow).toHaveValue("Half a");
    await inWindow.fill("Half a thought");
    await see(popover).toHaveValue("Half a thought");
    await window.close();
    await page.goto("about:blank");
    await see((await another()).getByRole("textbox", { name: /^Message to/ })).toHaveValue("Half a thought");
  });
});
