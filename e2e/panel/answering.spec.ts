import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needsClaudeAndChromium } from "../needs.ts";
import { section, see, sharedPanel } from "./panel.ts";
import { shoot } from "./shots.ts";

needsClaudeAndChromium("a person answers by click", () => {
  const panel = sharedPanel({ settings: { managerMayAnswer: "ask" } });
  const project = async () => (await panel().status("asker")).project_path;
  const conversation = () => panel().page.getByRole("log", { name: "Conversation" });
  const cards = () => panel().page.getByRole("region", { name: "asker needs you" });
  const answered = () => see(cards()).toBeHidden();

  test("a permission: its exact command stands there; Allow once lets it run", async () => {
    const { page, spawn, send } = panel();
    const { project_path } = await spawn({ session_name: "asker" });
    const file = join(project_path, "made");
    await send("asker", `[[bash:touch ${file} && echo done]] [[text:made it]]`);
    await section(page, "Needs you").getByRole("button", { name: "asker" }).click();
    await see(page).toHaveTitle("(1) Claude Team");
    await see(cards().getByRole("heading")).toHaveText("Wants to use Bash");
    await see(cards().getByText(`touch ${file} && echo done`, { exact: true })).toBeVisible();
    expect(existsSync(file)).toBe(false);
    await cards().getByRole("button", { name: "Allow once" }).click();
    await answered();
    await see(conversation().getByText("made it", { exact: true })).toBeVisible();
    await see(page).toHaveTitle("Claude Team");
    expect(existsSync(file)).toBe(true);
  });

  test("Deny with a reason: Claude is told the reason, and goes on", async () => {
    const { send, world } = panel();
    const file = join(await project(), "never");
    await send("asker", `[[bash:touch ${file}]] [[text:then not]]`);
    await cards()
      .getByRole("textbox", { name: /Reason/ })
      .fill("not on a Friday");
    await cards().getByRole("button", { name: "Deny" }).click();
    await answered();
    await see(conversation().getByText("then not", { exact: true })).toBeVisible();
    expect(existsSync(file)).toBe(false);
    expect(JSON.stringify(world.api.requests.at(-1)?.body)).toContain("not on a Friday");
  });

  test("questions: with an option, with several, and in own words", async () => {
    const { send, world } = panel();
    await send("asker", `[[tool:AskUserQuestion ${JSON.stringify({ questions })}]] [[text:thank you]]`);
    const answer = cards().getByRole("button", { name: "Answer", exact: true });
    const question = (name: string) => cards().getByRole("group", { name });
    await question("Which colour?").getByRole("radio", { name: "Blue" }).check();
    for (const topping of ["Ham", "Nuts"])
      await question("Which toppings?").getByRole("checkbox", { name: topping }).check();
    await see(answer).toBeDisabled();
    await question("Which size?").getByRole("textbox").fill('as big as "possible"');
    await answer.click();
    await answered();
    await see(conversation().getByText("thank you", { exact: true })).toBeVisible();
    const told = JSON.stringify(world.api.requests.at(-1)?.body);
    for (const part of ["Blue", "Ham, Nuts", "as big as"]) expect(told).toContain(part);
  });

  test("what a manager proposes is done only when the person confirms it", async () => {
    const { send, asks, answer } = panel();
    const file = join(await project(), "proposed");
    await send("asker", `[[bash:touch ${file}]] [[text:as agreed]]`);
    await asks("asker");
    expect(await answer("asker", { decision: "allow" })).toMatchObject({ outcome: "proposed" });
    await see(cards()).toContainText("The manager proposes: allow it");
    expect(existsSync(file)).toBe(false);
    await shoot(panel().page, "real-proposal");
    await cards().getByRole("button", { name: "Confirm" }).click();
    await answered();
    await see(conversation().getByText("as agreed", { exact: true })).toBeVisible();
    expect(existsSync(file)).toBe(true);
  });

  test("answered in the terminal meanwhile, the card goes away", async () => {
    const { send, page } = panel();
    await send("asker", `[[bash:touch ${join(await project(), "by-key")}]] [[text:by key]]`);
    await see(cards()).toBeVisible();
    await page.getByRole("tab", { name: "Terminal" }).click();
    const screen = page.getByRole("region", { name: "Screen of asker" });
    await see(screen).toContainText("Do you want to proceed?");
    await page.getByRole("button", { name: "Type in this terminal" }).click();
    await see(async () => {
      await page.keyboard.press("1");
      await see(cards()).toBeHidden({ timeout: 1000 });
    }).toPass();
    await page.getByRole("tab", { name: "Conversation" }).click();
    await see(conversation().getByText("by key", { exact: true })).toBeVisible();
  });

  test("Always allow keeps exactly the rule that was shown; the same command is asked no more, until it is undone", async () => {
    const { send, page } = panel();
    const file = join(await project(), "always");
    const command = `touch ${file}`;
    await send("asker", `[[bash:${command}]] [[text:once]]`);
    await cards().getByRole("button", { name: "Always allow…" }).click();
    const dialog = page.getByRole("dialog", { name: "Always allow" });
    await see(dialog).toContainText(command);
    await dialog.getByRole("button", { name: "Keep this rule" }).click();
    await answered();
    await see(conversation().getByText("once", { exact: true })).toBeVisible();
    await send("asker", `[[bash:${command}]] [[text:twice]]`);
    await see(conversation().getByText("twice", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await see(page.getByText("From now on allowed:")).toBeHidden();
    await send("asker", `[[bash:${command}]] [[text:thrice]]`);
    await cards().getByRole("button", { name: "Deny" }).click();
    await answered();
  });

  test("a directory that Claude Code does not trust yet: its dialog in its own words, accepted by click", async () => {
    const { page, world, spawn } = panel();
    const project_path = await world.project("untrusted", { trusted: false });
    await spawn({ session_name: "newcomer", project_path, prompt: "[[text:trusted now]]" });
    await page.getByRole("button", { name: "newcomer" }).click();
    const card = page.getByRole("region", { name: "newcomer needs you" });
    await see(card.getByRole("heading")).toHaveText("Asks whether you trust this directory");
    await see(card).toContainText("untrusted");
    await shoot(page, "real-trust");
    await card.getByRole("button", { name: "Accept" }).click();
    await see(card).toBeHidden();
    await see(conversation().getByText("trusted now", { exact: true })).toBeVisible();
  });
});

const options = (...labels: string[]) => labels.map((label) => ({ label, description: `The one called ${label}` }));

const questions = [
  { question: "Which colour?", header: "Colour", multiSelect: false, options: options("Red", "Blue") },
  { question: "Which toppings?", header: "Toppings", multiSelect: true, options: options("Ham", "Egg", "Nuts") },
  { question: "Which size?", header: "Size", multiSelect: false, options: options("Small", "Large") },
];
