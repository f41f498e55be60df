import type { Locator } from "playwright";
import { expect, test } from "vitest";
import { TeamError } from "../../contract/error.ts";
import type { HostKind } from "../../contract/worker.ts";
import { needsChromium } from "../needs.ts";
import { scriptedPages, see } from "./panel.ts";
import type { Scripted } from "./scripted.ts";
import { shoot } from "./shots.ts";
import { checks, stateOf, team, worker } from "./states.ts";

const recent = ["/Users/ana/code/shop", "/Users/ana/code/site"].map((path) => ({ path, at: 0 }));

needsChromium("the spawn dialog", () => {
  const openPage = scriptedPages();
  let stage: Scripted;

  /** A team that spawns, and knows two projects. */
  async function open(): Promise<Scripted> {
    stage = await openPage(stateOf(team));
    const born = worker("born", { phase: { is: "starting" } });
    stage.answers({
      projects: async () => recent,
      complete: async ({ path }) => ({
        directories: ["app/", "archive/"].map((name) => `${path}${name}`),
        more: false,
      }),
      spawn: async () => {
        stage.store.dispatch({ type: "worker.opened", worker: born });
        return born;
      },
    });
    return stage;
  }
  const dialog = () => stage.page.getByRole("dialog", { name: "New worker" });
  const options = () => dialog().getByRole("listbox", { name: "Directories" }).getByRole("option");
  const directory = () => dialog().getByRole("combobox", { name: "Directory" });

  test("leads by keyboard alone from the list to a worker at work, with a path that completes itself", async () => {
    const { page, called } = await open();
    await page.keyboard.press("c");
    await see(directory()).toBeFocused();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("/Users/ana/");
    await see(options()).toHaveText(["app/Users/ana/", "archive/Users/ana/"]);
    await shoot(page, "spawn-completion");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await see(directory()).toHaveValue("/Users/ana/archive/");
    await page.keyboard.press("Escape");
    await see(dialog()).toBeVisible();
    await page.keyboard.press("Tab");
    await page.keyboard.type("Say hello.");
    await page.keyboard.press("Tab");
    await page.keyboard.type("born");
    await page.keyboard.press("ControlOrMeta+Enter");
    await see(dialog()).toBeHidden();
    await see(page.getByRole("heading", { level: 2, name: "born" })).toBeVisible();
    expect(called("spawn")).toEqual([
      { cwd: "/Users/ana/archive/", name: "born", prompt: "Say hello.", place: { at: "auto" } },
    ]);
  });

  test("offers recent projects, takes a folder that is dropped, and remembers what was chosen", async () => {
    const { page, called } = await open();
    await page.getByRole("button", { name: "New worker" }).click();
    await directory().press("ControlOrMeta+a");
    await directory().press("Delete");
    await see(options()).toHaveText(["shop/Users/ana/code/", "site/Users/ana/code/"]);
    await drop(dialog().locator("form"), "file:///Users/ana/my%20shop/\r\n");
    await see(directory()).toHaveValue("/Users/ana/my shop");
    await dialog().getByRole("combobox", { name: "Permissions" }).selectOption("acceptEdits");
    await dialog().getByRole("combobox", { name: "Terminal" }).selectOption("iterm2");
    await dialog().getByRole("combobox", { name: "Layout" }).selectOption("right");
    await dialog().getByRole("combobox", { name: "Model" }).fill("opus");
    await dialog().getByRole("button", { name: "Spawn" }).click();
    await see(dialog()).toBeHidden();
    const order = { cwd: "/Users/ana/my shop", model: "opus", permissionMode: "acceptEdits", terminal: "iterm2" };
    expect(called("spawn")).toEqual([{ ...order, place: { at: "right" } }]);
    await page.reload();
    await page.getByRole("button", { name: "New worker" }).click();
    await see(directory()).toHaveValue("/Users/ana/my shop");
    await see(dialog().getByRole("combobox", { name: "Terminal" })).toHaveValue("iterm2");
    await see(dialog().getByRole("textbox", { name: "Name" })).toHaveValue("");
    await shoot(page, "spawn");
  });

  test("offers only what this machine can do, whatever is remembered of another", async () => {
    const { page, called, answers } = await open();
    const usable = async (...hosts: HostKind[]) => {
      answers({ checks: async () => checks.map((check) => (check.name === "terminal" ? { ...check, hosts } : check)) });
      await page.getByRole("button", { name: "New worker" }).click();
      await see(dialog()).toBeVisible();
    };
    const choice = (name: string) => dialog().getByRole("combobox", { name });
    await usable("iterm2", "tmux", "pty");
    await choice("Terminal").selectOption("tmux");
    await see(choice("Layout")).toBeHidden();
    await choice("Terminal").selectOption("iterm2");
    await choice("Layout").selectOption("tab");
    await dialog().getByRole("button", { name: "Spawn" }).click();
    await see(dialog()).toBeHidden();

    await usable("tmux", "pty");
    await see(choice("Layout")).toBeHidden();
    await see(choice("Terminal").getByRole("option")).toHaveText(["As in the settings", "tmux", "Inside claude-team"]);
    await dialog().getByRole("button", { name: "Spawn" }).click();
    await see(dialog()).toBeHidden();

    await usable("pty");
    await see(choice("Terminal")).toBeHidden();
    await see(choice("Layout")).toBeHidden();
    await see(choice("Permissions")).toBeVisible();
    expect(called("spawn").map(({ terminal, place }) => [terminal, place])).toEqual([
      ["iterm2", { at: "tab" }],
      [undefined, { at: "auto" }],
    ]);
  });

  test("gives way to where the person is led, and keeps what a first task was written for until it is spawned", async () => {
    const { page, goTo, called } = await open();
    const task = dialog().getByRole("textbox", { name: "First task" });
    const begin = () => page.getByRole("button", { name: "New worker" }).click();
    await begin();
    await directory().fill("/Users/ana/code/site");
    await task.fill("Look for dead links.");
    await dialog().getByRole("combobox", { name: "Permissions" }).selectOption("bypassPermissions");
    await goTo(team[0]?.id ?? "");
    await see(dialog()).toBeHidden();
    await see(page.getByRole("heading", { level: 2, name: "tests" })).toBeVisible();
    await begin();
    await see(task).toHaveValue("Look for dead links.");
    await see(dialog().getByRole("combobox", { name: "Permissions" })).toHaveValue("");
    await task.press("Escape");
    await see(dialog()).toBeHidden();
    await begin();
    await dialog().getByRole("button", { name: "Spawn" }).click();
    await see(dialog()).toBeHidden();
    expect(called("spawn")).toMatchObject([{ cwd: "/Users/ana/code/site", prompt: "Look for dead links." }]);
    await begin();
    await see(task).toHaveValue("");
  });

  test("leads nobody away who went on before the worker was there", async () => {
    const { page, goTo, store, answers } = await open();
    const born = worker("born", { phase: { is: "starting" } });
    let spawned = (): void => {};
    answers({ spawn: () => new Promise((resolve) => (spawned = () => resolve(born))) });
    await page.getByRole("button", { name: "New worker" }).click();
    await dialog().getByRole("textbox", { name: "First task" }).fill("Say hello.");
    await dialog().getByRole("button", { name: "Spawn" }).click();
    await see(dialog().getByRole("button", { name: "Spawning…" })).toBeVisible();
    await goTo(team[0]?.id ?? "");
    await page.getByRole("button", { name: "New worker" }).click();
    store.dispatch({ type: "worker.opened", worker: born });
    spawned();
    await see(page.getByRole("button", { name: "born" })).toBeVisible();
    await dialog().getByRole("textbox", { name: "First task" }).fill("Say more.");
    await page.keyboard.press("Escape");
    await see(page.getByRole("heading", { level: 2, name: "tests" })).toBeVisible();
  });

  test("leads to the field that was refused, with what to do", async () => {
    const { page, answers } = await open();
    answers({
      spawn: async () => {
        throw new TeamError("NAME_TAKEN", "the name tests is in use");
      },
    });
    await page.getByRole("button", { name: "New worker" }).click();
    const name = dialog().getByRole("textbox", { name: "Name" });
    await name.fill("tests");
    await dialog().getByRole("combobox", { name: "Permissions" }).selectOption("bypassPermissions");
    await dialog().getByRole("button", { name: "Spawn" }).click();
    await see(dialog().getByRole("alert")).toContainText("the name tests is in use. Choose another name.");
    await see(name).toHaveAttribute("aria-invalid", "true");
    await see(name).toBeFocused();
    await shoot(page, "spawn-refused");
  });
});

/** As a file manager drops a folder. */
const drop = (target: Locator, address: string): Promise<void> =>
  target.evaluate((form, uri) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("text/uri-list", uri);
    form.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, address);
