import { expect, test } from "vitest";
import { needsClaudeAndChromium } from "../needs.ts";
import { section, see, sharedPanel } from "./panel.ts";
import { shoot } from "./shots.ts";
import { allowClipboard } from "./tab.ts";

needsClaudeAndChromium("a person watches the team and steps in", () => {
  const panel = sharedPanel();
  const conversation = () => panel().page.getByRole("log", { name: "Conversation" });
  const row = (name: string, where: string) => section(panel().page, where).getByRole("button", { name });
  const receipt = (text: string) => panel().page.getByRole("list", { name: "Sent messages" }).getByText(text);

  test("a worker that a manager spawns appears; its history and its screen move while it works", async () => {
    const { page, spawn, world } = panel();
    await see(page.getByText("Your team is empty")).toBeVisible();
    const script = "[[text:I look.]][[bash:echo looked]] [[gate:half]][[text:Half is seen.]][[bash:echo half]]";
    await spawn({ session_name: "ana", prompt: `Look around. ${script} [[gate:all]][[text:All is seen.]]` });
    await row("ana", "Working").click();
    await see(conversation()).toContainText("Look around.");
    await see(conversation().getByText("I look.", { exact: true })).toBeVisible();
    await see(conversation().getByText("echo looked", { exact: true })).toBeVisible();

    await page.getByRole("tab", { name: "Terminal" }).click();
    const screen = page.getByRole("region", { name: "Screen of ana" });
    await see(screen).toContainText("● I look.");
    await see(screen).not.toContainText("● Half is seen.");
    world.api.open("half");
    await see(screen).toContainText("● Half is seen.");
    await shoot(page, "real-terminal");
    await page.getByRole("tab", { name: "Conversation" }).click();
    await see(conversation().getByText("Half is seen.", { exact: true })).toBeVisible();
    world.api.open("all");
    await see(conversation().getByText("All is seen.", { exact: true })).toBeVisible();
    await see(row("ana", "Idle")).toBeVisible();
  });

  test("a message sent by hand arrives, and its receipt reaches answered", async () => {
    const { page, world } = panel();
    const composer = page.getByRole("textbox", { name: "Message to ana" });
    await composer.fill("two\nlines [[gate:reply]] [[text:heard you]]");
    await composer.press("Enter");
    await see(composer).toHaveValue("");
    await see(receipt("Submitted")).toBeVisible();
    world.api.open("reply");
    await see(conversation().getByText("heard you", { exact: true })).toBeVisible();
    await see(receipt("Submitted")).toBeHidden();
    await see(receipt("Answered")).toHaveCount(2);
    await shoot(page, "real-conversation");
    expect(world.api.requests.at(-1)?.prompt).toBe("two\nlines [[gate:reply]] [[text:heard you]]");
  });

  test("Interrupt stops what it does", async () => {
    const { page, send } = panel();
    await send("ana", "go [[text:on and on]][[bash:echo on]] [[gate:never]][[text:and on]]");
    await see(conversation().getByText("echo on", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Interrupt" }).click();
    await see(row("ana", "Idle")).toBeVisible();
    await see(conversation().getByText("Interrupted").last()).toBeVisible();
  });

  test("one sent while it works is held, and can be withdrawn", async () => {
    const { page, world, send } = panel();
    await send("ana", "work [[gate:held]] [[text:worked]]");
    const composer = page.getByRole("textbox", { name: "Message to ana" });
    await see(row("ana", "Working")).toBeVisible();
    await composer.fill("never mind");
    await page.getByRole("button", { name: "Send" }).click();
    await see(receipt("Waiting its turn")).toBeVisible();
    await page.getByRole("button", { name: "Withdraw" }).click();
    await see(receipt("Withdrawn")).toBeVisible();
    world.api.open("held");
    await see(conversation().getByText("worked", { exact: true })).toBeVisible();
    expect(world.api.requests.some(({ prompt }) => prompt === "never mind")).toBe(false);
  });

  test("keys typed into the terminal reach it", async () => {
    const { page, world } = panel();
    await page.getByRole("tab", { name: "Terminal" }).click();
    await page.getByRole("button", { name: "Type in this terminal" }).click();
    await page.keyboard.type("typed bu");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("y hand, ü ");
    await allowClipboard(page);
    await page.evaluate(() => navigator.clipboard.writeText("and\npasted [[text:read by eye]]"));
    await page.keyboard.press("Control+V");
    await page.keyboard.press("Enter");
    const screen = page.getByRole("region", { name: "Screen of ana" });
    await see(screen).toContainText("● read by eye");
    expect(world.api.requests.at(-1)?.prompt).toBe("typed by hand, ü and\npasted [[text:read by eye]]");
    await page.keyboard.press("Control+]");
    await see(page.getByRole("button", { name: "Type in this terminal" })).toBeVisible();
  });

  test("a new worker is spawned by hand, with its first task", async () => {
    const { page, world } = panel();
    const project = await world.project("a project of one's own");
    await page.getByRole("button", { name: "New worker" }).click();
    const dialog = page.getByRole("dialog", { name: "New worker" });
    await dialog.getByRole("combobox", { name: "Directory" }).fill(project);
    await dialog.getByRole("textbox", { name: "Name" }).fill("ben");
    await dialog.getByRole("textbox", { name: "First task" }).fill("begin [[text:begun]]");
    await dialog.getByRole("button", { name: "Spawn" }).click();
    await see(dialog).toBeHidden();
    await see(page.getByRole("heading", { name: "ben" })).toBeVisible();
    await see(page.getByText(`${project} · `)).toBeVisible();
    await page.getByRole("tab", { name: "Conversation" }).click();
    await see(conversation().getByText("begun", { exact: true })).toBeVisible();
  });

  test("a directory that is not there is said in the dialog, and nothing is started", async () => {
    const { page, person } = panel();
    await page.getByRole("button", { name: "New worker" }).click();
    const dialog = page.getByRole("dialog", { name: "New worker" });
    await dialog.getByRole("combobox", { name: "Directory" }).fill("/no/such/place");
    await dialog.getByRole("button", { name: "Spawn" }).click();
    await see(dialog.getByRole("alert")).toContainText("/no/such/place");
    await page.keyboard.press("Escape");
    await see(dialog).toBeHidden();
    expect(await person("list", {})).toHaveLength(2);
  });

  test("an idle worker is closed at once, a working one after a second look; it can be taken off the list, or go on", async () => {
    const { page, send } = panel();
    await see(row("ben", "Idle")).toBeVisible();
    await page.getByRole("button", { name: "Close" }).click();
    await see(row("ben", "Ended")).toBeVisible();
    await page.getByRole("button", { name: "Take off the list" }).click();
    await see(page.getByRole("button", { name: "ben" })).toBeHidden();

    await page.getByRole("button", { name: "ana" }).click();
    await send("ana", "last [[text:words]] [[gate:open end]]");
    await see(row("ana", "Working")).toBeVisible();
    await page.getByRole("button", { name: "Close" }).click();
    const sure = page.getByRole("dialog", { name: "Close ana?" });
    await sure.getByRole("button", { name: "Let it go on" }).click();
    await see(row("ana", "Working")).toBeVisible();
    await page.getByRole("button", { name: "Close" }).click();
    await sure.getByRole("button", { name: "Close it" }).click();
    await see(row("ana", "Ended")).toBeVisible();
    await see(sure).toBeHidden();
    await see(conversation()).toContainText("read by eye");
    await page.getByRole("button", { name: "Undo" }).click();
    await see(row("ana", "Idle")).toBeVisible();
    await see(conversation()).toContainText("read by eye");
  });
});
