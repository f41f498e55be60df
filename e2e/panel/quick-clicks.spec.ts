import type { Locator, Page } from "playwright";
import { test } from "vitest";
import type { Request } from "../../contract/request.ts";
import { needsChromium } from "../needs.ts";
import { aPrompt, teamOf, told } from "./conversations.ts";
import { scriptedPages, see } from "./panel.ts";
import type { Scripted } from "./scripted.ts";
import { permission, pictureTime, worker } from "./states.ts";

/** Raw presses of the mouse at one point, as a hand makes them: nothing waits for what stands there. */
needsChromium("a click that was meant for another card", () => {
  const openPage = scriptedPages();
  let stage: Scripted;

  const ana = worker("ana");
  const asking = (...requests: Request[]) => ({ is: "asking", requests }) as const;
  const becomes = (...requests: Request[]) =>
    stage.store.dispatch({ type: "worker.judged", id: ana.id, at: 0, why: [], phase: asking(...requests) });
  const allow = () => stage.page.getByRole("button", { name: "Allow once" });
  const deny = () => stage.page.getByRole("button", { name: "Deny" });

  /** The page of a worker that asks this; on it time passes only when told. */
  async function open(...requests: Request[]): Promise<Page> {
    stage = await openPage(teamOf({ ...ana, phase: asking(...requests) }));
    const { page } = stage;
    let left = requests;
    stage.answers({
      ...told({ [ana.id]: [aPrompt(0, "Begin.")] }),
      answer: async (given) => {
        left = left.filter(({ id }) => id !== given.request);
        becomes(...left);
        return { worker: ana.id, request: given.request ?? "", outcome: "answered", via: "hook" };
      },
    });
    await page.clock.pauseAt(pictureTime + 1000);
    await page.getByRole("button", { name: "ana" }).first().click();
    await see(allow()).toHaveCount(requests.length);
    return page;
  }

  /** The second one stands where the first was clicked. */
  async function openTwoAndAllowTheFirst() {
    const [first, second] = [permission(), permission({ detail: "rm -rf /" })] as const;
    const page = await open(first, second);
    await page.clock.runFor(500);
    const point = await middleOf(allow().first());
    await page.mouse.click(...point);
    await see(allow()).toHaveCount(1);
    return { first, second, page, point };
  }

  const given = () => see.poll(() => stage.called("answer").map(({ request, answer }) => [request, answer.decision]));

  test("does not answer the one that took its place; half a second later a click does", async () => {
    const { first, second, page, point } = await openTwoAndAllowTheFirst();
    await page.mouse.click(...point);
    await page.clock.runFor(499);
    await page.mouse.click(...point);
    await page.clock.runFor(1);
    await deny().click();
    await given().toEqual([
      [first.id, "allow"],
      [second.id, "deny"],
    ]);
  });

  test("does not answer when it is the second of a double click, however slow", async () => {
    const { first, second, page, point } = await openTwoAndAllowTheFirst();
    await page.clock.runFor(500);
    await page.mouse.move(...point);
    await page.mouse.down({ clickCount: 2 });
    await page.mouse.up({ clickCount: 2 });
    await deny().click();
    await given().toEqual([
      [first.id, "allow"],
      [second.id, "deny"],
    ]);
  });

  test("does not confirm what a manager proposes at that moment; a key answers at any time", async () => {
    const request = permission();
    const page = await open(request);
    await page.clock.runFor(500);
    const proposed = { ...request, proposal: { answer: { decision: "deny" }, at: pictureTime } } as const;
    becomes(proposed);
    const confirm = page.getByRole("button", { name: "Confirm" });
    await page.mouse.click(...(await middleOf(confirm)));
    await allow().press("Enter");
    await given().toEqual([[request.id, "allow"]]);
  });
});

async function middleOf(element: Locator): Promise<[x: number, y: number]> {
  const box = await element.boundingBox();
  if (!box) throw new Error("it is not to be seen");
  return [box.x + box.width / 2, box.y + box.height / 2];
}
