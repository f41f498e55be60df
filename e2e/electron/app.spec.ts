import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ElectronApplication, Page } from "playwright";
import { expect as expectPage } from "playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findElectron } from "./find-electron.ts";
import { createPerson, type Person } from "./person.ts";
import { launchElectron, visiblePage } from "./real-electron.ts";

const see = expectPage.configure({ timeout: 20_000 });
const electron = findElectron();

describe.skipIf("why" in electron)("the app in the real Electron", () => {
  let person: Person;
  let app: ElectronApplication;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    person = await createPerson();
    // Pinned: whatever else happens on this desktop takes the focus.
    await mkdir(join(person.home, "app"), { mode: 0o700 });
    await writeFile(join(person.home, "app/shell.json"), JSON.stringify({ pinned: true }));
    app = await launchElectron({ ...process.env, ...person.env });
    page = await visiblePage(app);
    page.on("console", (line) => line.type() === "error" && complaints.push(line.text()));
    page.on("pageerror", ({ message }) => complaints.push(message));
  });
  afterAll(async () => {
    await app?.evaluate(({ app }) => app.exit(0)).catch(() => {}); // its end breaks off the call
    await person?.remove();
  });

  /** A person's call, as the command line makes it. */
  async function call(name: string, input: object): Promise<unknown> {
    const { port } = JSON.parse(await readFile(join(person.home, "server.json"), "utf8"));
    const token = (await readFile(join(person.home, "person-token"), "utf8")).trim();
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const body = JSON.stringify({ call: name, input });
    return (await fetch(`http://127.0.0.1:${port}/cli`, { method: "POST", headers, body })).json();
  }

  test("shows the page from its own scheme, in the sandbox, with one pipe and nothing of Node", async () => {
    await see(page.getByRole("navigation", { name: "Workers" })).toBeVisible();
    expect(page.url()).toBe("app://claude-team/index.html");
    const has = await page.evaluate(() => ({
      pipe: Object.keys((window as unknown as { claudeTeam: object }).claudeTeam).sort(),
      node: ["require", "process", "module", "global"].filter((name) => name in window),
    }));
    expect(has).toEqual({ pipe: ["onClose", "onFrame", "pathOf", "post"], node: [] });
  });

  test("loads nothing from elsewhere, and goes nowhere", async () => {
    const fetched = await page.evaluate(() => fetch("https://example.org/").then(String, () => "refused"));
    expect(fetched).toBe("refused");
    complaints.length = 0; // of the refusal
    await page.evaluate(() => {
      location.href = "https://example.org/";
    });
    expect(page.url()).toBe("app://claude-team/index.html");
  });

  test("has its window whole on a display, and no permission to give", async () => {
    const [bounds, areas] = await app.evaluate(({ BrowserWindow, screen }) => {
      const seen = BrowserWindow.getAllWindows().find((window) => window.isVisible());
      return [seen?.getBounds(), screen.getAllDisplays().map(({ workArea }) => workArea)] as const;
    });
    const fits = areas.some(({ x, y, width, height }) =>
      Boolean(bounds && bounds.x >= x && bounds.y >= y && bounds.x < x + width && bounds.y < y + height),
    );
    expect(fits).toBe(true);
    expect(await page.evaluate(() => Notification.permission)).toBe("denied");
  });

  test("shows a worker and answers what it asks", async () => {
    const prompt = "Test it. [[bash:npm test]][[text:All pass.]]";
    await call("spawn", { cwd: person.project, name: "builder", prompt });
    await page
      .getByRole("button", { name: /builder/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Allow once" }).click();
    await see(page.getByText("All pass.").first()).toBeVisible();
    expect(complaints).toEqual([]);
  });
});
