import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needsClaudeAndChromium } from "../needs.ts";
import { section, see, sharedPanel } from "./panel.ts";

needsClaudeAndChromium("a newcomer with the real Claude Code", () => {
  const panel = sharedPanel();
  const dialog = () => panel().page.getByRole("dialog", { name: "New worker" });

  test("finds what is missing, sees the exact command, and has Claude Code told of claude-team by it", async () => {
    const { page, world, server } = panel();
    await page.getByRole("button", { name: "Fix: Claude Code’s entry" }).click();
    const command = page.getByText(/^claude mcp add-json claude-team/);
    await see(command).toContainText(server.url);
    await page.getByRole("button", { name: "Do it" }).click();
    await see(command).toBeHidden();
    const { mcpServers } = JSON.parse(await readFile(join(world.config, ".claude.json"), "utf8"));
    expect(mcpServers["claude-team"]).toMatchObject({ url: server.url, alwaysLoad: true });
    await see(page.getByRole("button", { name: /^Fix: / })).toBeHidden();
  });

  test("comes by keyboard alone to a worker at work, in a directory that was half typed", async () => {
    const { page, world } = panel();
    const project = await world.project("first-project");
    await page.keyboard.press("c");
    const directory = dialog().getByRole("combobox", { name: "Directory" });
    await see(directory).toBeFocused();
    await page.keyboard.type(project.slice(0, -3));
    await see(dialog().getByRole("option", { name: "first-project" })).toBeVisible();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await see(directory).toHaveValue(project);
    await page.keyboard.press("Tab");
    await page.keyboard.type("Say hello. [[text:hello there]]");
    await page.keyboard.press("Tab");
    await page.keyboard.type("ana");
    await page.keyboard.press("ControlOrMeta+Enter");
    await see(dialog()).toBeHidden();
    await see(page.getByRole("log").getByText("hello there", { exact: true })).toBeVisible();
    await see(section(page, "Idle").getByRole("button", { name: "ana" })).toBeVisible();
  });

  test("sets something, and it counts at once; what was done stands in the activity", async () => {
    const { page, world } = panel();
    await page.keyboard.press("Escape");
    await page.keyboard.press("s");
    const most = page.getByRole("textbox", { name: "Most at a time" });
    await most.fill("1");
    await most.press("Enter");
    await see
      .poll(async () => JSON.parse(await readFile(join(world.teamHome, "settings.json"), "utf8")).maxWorkers)
      .toBe(1);
    await page.getByRole("button", { name: "New worker" }).click();
    await dialog().getByRole("button", { name: "Spawn" }).click();
    await see(dialog().getByRole("alert")).toContainText("did not work");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Activity" }).click();
    const done = page.getByRole("article", { name: "Activity" }).getByRole("listitem");
    await see(done.filter({ hasText: "You changed the settings" })).toHaveCount(1);
    await see(done.filter({ hasText: "You spawned ana" })).toHaveCount(1);
    await see(done.filter({ hasText: "ana finished" })).toHaveCount(1);
  });
});
