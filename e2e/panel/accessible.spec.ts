import { expect, test } from "vitest";
import { needsClaudeAndChromium } from "../needs.ts";
import { faultsOf } from "./axe.ts";
import { tabTo } from "./keyboard.ts";
import { see, sharedPanel } from "./panel.ts";

needsClaudeAndChromium("everybody can use the panel", () => {
  const panel = sharedPanel();

  test("axe finds nothing in the list, a worker that asks, its terminal, and the spawn dialog, light and dark", async () => {
    const { page, spawn, asks } = panel();
    await spawn({ session_name: "ana", prompt: `[[text:**Now** I ask.]][[bash:touch made]] [[text:made]]` });
    await asks("ana");
    await see(page.getByRole("button", { name: "ana" })).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);

    await page.getByRole("button", { name: "ana" }).click();
    await see(page.getByRole("region", { name: "ana needs you" })).toBeVisible();
    await see(page.getByRole("log").getByText("Now", { exact: true })).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);

    await page.getByRole("tab", { name: "Terminal" }).click();
    await see(page.getByRole("region", { name: "Screen of ana" })).toContainText("Do you want to proceed?");
    await page.getByRole("button", { name: "Type in this terminal" }).click();
    expect(await faultsOf(page)).toEqual([]);

    await page.getByRole("tab", { name: "Conversation" }).click();
    await page.getByRole("button", { name: "New worker" }).click();
    await see(page.getByRole("dialog")).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press("Escape");
  });

  test("from loading the page to an answered permission and a sent message without a mouse", async () => {
    const { page, world, reopen } = panel();
    await reopen();
    await see(page.getByRole("button", { name: "ana" })).toBeVisible();
    await tabTo(page, page.getByRole("button", { name: "ana" }));
    await page.keyboard.press("Enter");
    const allow = page.getByRole("button", { name: "Allow once" });
    await see(allow).toBeVisible();
    await tabTo(page, allow);
    await page.keyboard.press("Enter");
    await see(allow).toBeHidden();
    await see(page.getByRole("article", { name: "ana" })).toBeFocused();

    const composer = page.getByRole("textbox", { name: "Message to ana" });
    await tabTo(page, composer);
    await page.keyboard.type("thank you [[text:you are welcome]]");
    await page.keyboard.press("Enter");
    await see(page.getByRole("log").getByText("you are welcome", { exact: true })).toBeVisible();
    await see(page.getByRole("list", { name: "Sent messages" }).getByText("Answered")).toHaveCount(2);
    expect(world.api.requests.at(-1)?.prompt).toBe("thank you [[text:you are welcome]]");
  });

  test("the arrow keys move in the list and between the views; Esc leaves the dialog and gives the focus back", async () => {
    const { page, spawn } = panel();
    await spawn({ session_name: "ben" });
    const ben = page.getByRole("button", { name: "ben" });
    await see(ben).toBeVisible();
    await page.getByRole("button", { name: "ana" }).focus();
    await page.keyboard.press("End");
    await see(ben).toBeFocused();
    await page.keyboard.press("Enter");
    const conversation = page.getByRole("tab", { name: "Conversation" });
    await tabTo(page, conversation);
    await page.keyboard.press("ArrowRight");
    await see(page.getByRole("tab", { name: "Terminal" })).toBeFocused();
    await see(page.getByRole("region", { name: "Screen of ben" })).toBeVisible();
    await page.keyboard.press("ArrowLeft");
    await see(conversation).toBeFocused();
    const opener = page.getByRole("button", { name: "New worker" });
    await opener.focus();
    await page.keyboard.press("Enter");
    await see(page.getByRole("dialog").getByRole("combobox", { name: "Directory" })).toBeFocused();
    await page.keyboard.press("Escape");
    await see(opener).toBeFocused();
  });
});
