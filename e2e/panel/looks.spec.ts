import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needsChromium } from "../needs.ts";
import { connectManager, type Manager } from "../real/mcp.ts";
import { type Server, startServer } from "../real/server.ts";
import { createWorld, type World } from "../real/world.ts";
import { type Complaints, noServer } from "./complaints.ts";
import { launchChromium, section, see } from "./panel.ts";
import { type Scene, scenes } from "./scenes.ts";
import { shoot } from "./shots.ts";
import { openTab } from "./tab.ts";

/** Ten fake Claudes in every state there is: fast, and the same each time. The real one is in the other specs' pictures. */
needsChromium("how the panel looks with ten workers", () => {
  let world: World;
  let server: Server;
  let manager: Manager;
  let browser: Browser;
  let page: Page;
  let complaints: Complaints;

  beforeAll(async () => {
    [world, browser] = await Promise.all([createWorld({ claude: "fake" }), launchChromium()]);
    server = await startServer(world);
    manager = world.own(await connectManager(server, "2026-07-28"));
    ({ page, complaints } = await openTab(browser));
    await page.goto((await askAsPerson<{ url: string }>("open", {})).url);
    await Promise.all(scenes.map(spawn));
    await see(section(page, "Needs you").getByRole("button")).toHaveCount(3);
    await see(section(page, "Working").getByRole("button")).toHaveCount(2);
    await see(section(page, "Unread").getByRole("button")).toHaveCount(5);
    await manager.call("close_session", { session_id: "old-one" });
    await see(section(page, "Ended").getByRole("button", { name: "old-one" })).toBeVisible();
  });
  afterAll(async () => {
    await browser?.close();
    await world?.[Symbol.asyncDispose]();
  });

  async function spawn({ name, project, branch, prompt }: Scene): Promise<void> {
    const project_path = await world.project(project);
    await mkdir(join(project_path, ".git"));
    await writeFile(join(project_path, ".git", "HEAD"), `ref: refs/heads/${branch}\n`);
    await manager.call("spawn_session", { project_path, session_name: name, prompt });
  }

  async function askAsPerson<T>(call: string, input: object): Promise<T> {
    const headers = { authorization: `Bearer ${server.personToken}`, "content-type": "application/json" };
    const body = JSON.stringify({ call, input });
    return (await (await fetch(new URL("/cli", server.url), { method: "POST", headers, body })).json()).value;
  }

  const look = async (name: string) => {
    await page.getByRole("button", { name }).click();
    await see(page.getByRole("heading", { name, level: 2 })).toBeVisible();
  };
  const picture = async (name: string) => {
    await shoot(page, name);
    expect(complaints.take()).toEqual([]);
  };

  test("a permission with a long command, in a long path, on a long branch", async () => {
    await look("migrate-the-billing");
    await see(page.getByRole("log")).toContainText("The last step");
    await picture("permission");
    await page.getByText("why?").click();
    await picture("why");
    await page.getByText("why?").click();
    await page.getByRole("tab", { name: "Terminal" }).click();
    await see(page.getByRole("region", { name: /^Screen of/ })).toContainText("Do you want to proceed?");
    await picture("terminal");
    await page.getByRole("tab", { name: "Conversation" }).click();
  });

  test("questions", async () => {
    await look("dates");
    await page.getByRole("radio", { name: "date-fns" }).check();
    await page.getByRole("checkbox", { name: "Mail" }).check();
    await picture("question");
  });

  test("a plan", async () => {
    await look("planner");
    await picture("plan");
  });

  test("one that works", async () => {
    await look("dead-code");
    await see(page.getByRole("log")).toContainText("grep -rn");
    await page.getByRole("log").getByText("grep -rn legacyTotal src", { exact: true }).click();
    const composer = page.getByRole("textbox", { name: /^Message to/ });
    await composer.fill("/compact");
    await picture("working");
    await composer.press("Enter");
    await see(page.getByRole("alert").getByText(/did not work/)).toBeVisible();
    await composer.fill("When you are done, look at src/search too.");
    await composer.press("Enter");
    await see(page.getByText("Waiting its turn")).toBeVisible();
    await picture("held");
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await picture("close");
    await page.getByRole("button", { name: "Let it go on" }).click();
  });

  test("a finished one, with everything that Markdown has", async () => {
    await look("report");
    await see(page.getByRole("log")).toContainText("Rounding once");
    await picture("report");
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await picture("rename");
    await page.keyboard.press("Escape");
  });

  test("failures inside Claude Code, and an ended one", async () => {
    for (const name of ["signed-out", "limit", "old-one"]) {
      await look(name);
      await picture(name);
    }
  });

  test("without a server, and without access", async () => {
    await look("report");
    await server.stop();
    await see(page.getByText(/connection to claude-team is lost/)).toBeVisible();
    await shoot(page, "offline");
    expect(complaints.take(noServer)).toEqual([]);
    const port = Number(new URL(server.url).port);
    server = await startServer(world, { port });
    const other = await openTab(browser);
    await other.page.goto(server.panel);
    await see(other.page.getByRole("heading", { name: "This page has no access" })).toBeVisible();
    await shoot(other.page, "refused");
  });
});
