import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needsClaudeAndChromium } from "../needs.ts";
import { type Server, startServer } from "../real/server.ts";
import { openTeam, type RealTeam } from "../real/team.ts";
import { noServer } from "./complaints.ts";
import { freshLink, launchChromium, section, see } from "./panel.ts";
import { openTab } from "./tab.ts";

const refusedCode = /^error: Failed to load resource: the server responded with a status of 403/;

needsClaudeAndChromium("a page that comes back", () => {
  let browser: Browser;
  let team: RealTeam;
  let server: Server;
  beforeAll(async () => {
    [team, browser] = await Promise.all([openTeam(), launchChromium()]);
    server = team.server;
    await team.spawn({ session_name: "ana", prompt: "[[text:I was here]]" });
    await team.manager.call("get_response", { session_id: "ana" });
  });
  afterAll(async () => {
    await browser?.close();
    await team?.[Symbol.asyncDispose]();
  });

  test("after a reload it is let in again without a code, and what was open and being written is still there", async () => {
    const { page, complaints } = await openTab(browser);
    await page.goto(await freshLink(team));
    await page.getByRole("button", { name: "ana" }).click();
    await page.getByRole("textbox", { name: "Message to ana" }).fill("half a thought");
    expect(page.url()).toBe(server.panel);
    await page.reload();
    await see(page.getByRole("log", { name: "Conversation" }).getByText("I was here", { exact: true })).toBeVisible();
    await see(page.getByRole("textbox", { name: "Message to ana" })).toHaveValue("half a thought");
    expect(complaints.take()).toEqual([]);
    await page.context().close();
  });

  test("what another version of the page kept, or half of it, is in nobody's way", async () => {
    const { page, complaints } = await openTab(browser);
    await page.addInitScript(() => {
      sessionStorage.setItem("claude-team.place", '{"place":"elsewhere","tab":7,"selected":{}}');
      sessionStorage.setItem("claude-team.writings", '{"worker-1":{"text":[]},"worker-2":null}');
      localStorage.setItem("claude-team.taste", '{"groupBy":"colour"}');
      localStorage.setItem("claude-team.order", '{"cwd":');
    });
    await page.goto(await freshLink(team));
    await page.getByRole("button", { name: "ana" }).click();
    await see(page.getByRole("textbox", { name: "Message to ana" })).toHaveValue("");
    await page.getByRole("button", { name: "New worker" }).click();
    await see(page.getByRole("dialog").getByRole("combobox", { name: "Directory" })).toBeFocused();
    expect(complaints.take()).toEqual([]);
    await page.context().close();
  });

  test("a link without a code or a secret, with a wrong code, or used before, says what to do; a new one helps", async () => {
    const { page, complaints } = await openTab(browser);
    const refused = page.getByRole("heading", { name: "This page has no access" });
    await page.goto(server.panel);
    await see(refused).toBeVisible();
    await see(page.getByText("claude-team open", { exact: true })).toBeVisible();
    expect(complaints.take()).toEqual([]);

    await page.goto(`${server.panel}#code=wrong`);
    await see(refused).toBeVisible();
    const link = await freshLink(team);
    await page.goto(link);
    await see(page.getByRole("button", { name: "ana" })).toBeVisible();

    const other = await openTab(browser);
    await other.page.goto(link);
    await see(other.page.getByRole("heading", { name: "This page has no access" })).toBeVisible();
    for (const heard of [complaints, other.complaints]) expect(heard.take(refusedCode)).toEqual([]);
    await other.page.context().close();
    await page.context().close();
  });

  test("a forged secret is not let in", async () => {
    const { page, complaints } = await openTab(browser);
    await page.goto(server.panel);
    await page.evaluate((secret) => sessionStorage.setItem("claude-team.secret", secret), "9999999999999.x.y");
    await page.reload();
    await see(page.getByRole("heading", { name: "This page has no access" })).toBeVisible();
    expect(complaints.take()).toEqual([]);
    await page.context().close();
  });

  test("while the server is away it says so; started again on its port, the page finds its way by itself", async () => {
    const { page, complaints } = await openTab(browser);
    await page.goto(await freshLink(team));
    await page.getByRole("button", { name: "ana" }).click();
    await see(page.getByRole("log", { name: "Conversation" }).getByText("I was here", { exact: true })).toBeVisible();
    await server.stop();
    await see(page.getByRole("status").getByText(/connection to claude-team is lost/)).toBeVisible();
    await see(page.getByRole("log", { name: "Conversation" }).getByText("I was here", { exact: true })).toBeVisible();

    server = await startServer(team.world, { port: Number(new URL(server.url).port) });
    await see(page.getByText(/connection to claude-team is lost/)).toBeHidden();
    await see(section(page, "Ended").getByRole("button", { name: "ana" })).toBeVisible();
    await page.reload();
    await see(page.getByRole("log", { name: "Conversation" }).getByText("I was here", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Take off the list" }).click();
    await see(page.getByText("Your team is empty")).toBeVisible();
    expect(complaints.take(noServer)).toEqual([]);
    await page.context().close();
  });
});
