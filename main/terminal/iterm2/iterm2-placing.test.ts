import { afterEach, beforeEach, expect, test } from "vitest";
import { type Iterm2World, iterm2World, sessionOf, worker } from "../../../e2e/terminal/iterm2-world.ts";
import type { Terminal } from "../terminal.ts";
import type { Iterm2Host } from "./iterm2-host.ts";
import type { Pane, Split } from "./layout.ts";

let world: Iterm2World;
let host: Iterm2Host;
beforeEach(async () => {
  world = await iterm2World();
  host = world.host();
});
afterEach(async () => {
  expect(world.iterm2.complaints).toEqual([]);
  await world[Symbol.asyncDispose]();
});

/** The tabs of each window as text: `[a b]` side by side, `(a b)` one above the other. */
async function shape(workers: readonly Terminal[]): Promise<string[][]> {
  const nameOf = ({ session }: Pane) => {
    const number = workers.findIndex((one) => sessionOf(one) === session);
    return number < 0 ? "own" : String(number + 1);
  };
  const tell = ({ vertical, parts }: Split): string => {
    const inner = parts.map((part) => ("session" in part ? nameOf(part) : tell(part))).join(" ");
    return vertical ? `[${inner}]` : `(${inner})`;
  };
  return (await world.layout()).windows.map(({ tabs }) => tabs.map(({ root }) => tell(root)));
}

test("workers opened at once fill a tab to four, in the order of a page, and then the next", async () => {
  const workers = await Promise.all([1, 2, 3, 4, 5, 6].map((number) => worker(host, number)));
  const [tabs = [], ...others] = await shape(workers);
  expect(others).toEqual([]);
  expect(tabs.map((tab) => tab.replace(/\d/g, "x"))).toEqual(["[(x x) (x x)]", "[x x]"]);
  expect(new Set(tabs.join("").match(/\d/g))).toEqual(new Set(["1", "2", "3", "4", "5", "6"]));
});

test("one after another they stand top left, top right, bottom left, bottom right", async () => {
  const workers: Terminal[] = [];
  const shapes: string[][][] = [];
  for (const number of [1, 2, 3, 4, 5]) {
    workers.push(await worker(host, number));
    shapes.push(await shape(workers));
  }
  expect(shapes.map((windows) => windows.map((tabs) => tabs.join(" ").replace(/\(1\)|\[1\]/, "1")))).toEqual([
    ["1"],
    ["[1 2]"],
    ["[(1 3) 2]"],
    ["[(1 3) (2 4)]"],
    [expect.stringMatching(/^\[\(1 3\) \(2 4\)\] .5.$/)],
  ]);
});

test("the person's windows stay as they are, also one that holds a worker", async () => {
  const own = await world.iterm2.hand.openWindow();
  const one = await worker(host, 1);
  expect(await shape([one])).toEqual([[expect.stringMatching(/^.own.$/)], [expect.stringMatching(/^.1.$/)]]);
  const { window } = await world.placeOf(one);
  await world.iterm2.hand.openTab(window);
  const two = await worker(host, 2);
  expect((await world.placeOf(two)).window).not.toBe(window);
  expect(world.iterm2.hand.sessions()).toContain(own);
});

test("a window, a tab, beside and below go where they are asked to", async () => {
  const one = await worker(host, 1);
  const two = await worker(host, 2, { place: { at: "window" } });
  const three = await worker(host, 3, { place: { at: "below", of: two.ref } });
  const four = await worker(host, 4, { place: { at: "right", of: two.ref } });
  const five = await worker(host, 5, { place: { at: "tab" } });
  expect(await shape([one, two, three, four, five])).toEqual([
    [expect.stringMatching(/^.1.$/), expect.stringMatching(/^.5.$/)],
    ["([2 4] 3)"],
  ]);
});

test("beside one that is gone is wherever there is room", async () => {
  const [one, two] = [await worker(host, 1), await worker(host, 2)];
  await two.close();
  const three = await worker(host, 3, { place: { at: "below", of: two.ref } });
  expect(await shape([one, two, three])).toEqual([["[1 3]"]]);
});

test("a pane too small to be split leads to a tab", async () => {
  const one = await worker(host, 1);
  await world.iterm2.hand.resizeWindow((await world.placeOf(one)).window, 3, 3);
  const workers = [one];
  for (const number of [2, 3, 4]) workers.push(await worker(host, number));
  const [tabs = []] = await shape(workers);
  expect(tabs.length).toBeGreaterThan(1);
  expect(tabs.join("").match(/\d/g)?.sort()).toEqual(["1", "2", "3", "4"]);
});

test("the next run of claude-team goes on filling the same window", async () => {
  const one = await worker(host, 1);
  await host[Symbol.asyncDispose]();
  const two = await worker(world.host(), 2);
  expect(await shape([one, two])).toEqual([["[1 2]"]]);
});

test("the keyboard stays with the session that had it", async () => {
  const own = await world.iterm2.hand.openWindow();
  await world.iterm2.hand.activateApp(true);
  await world.iterm2.hand.focus(own);
  const one = await worker(host, 1);
  expect(await world.focused()).toBe(own);
  await world.iterm2.hand.focus(sessionOf(one));
  await worker(host, 2);
  await worker(host, 3, { place: { at: "tab" } });
  await worker(host, 4, { place: { at: "window" } });
  expect(await world.focused()).toBe(sessionOf(one));
});

test("a worker comes to the front when it is asked to", async () => {
  const [one, two] = [await worker(host, 1), await worker(host, 2, { place: { at: "tab" } })];
  await world.iterm2.hand.focus(sessionOf(two));
  await world.iterm2.hand.activateApp(false);
  await one.focus?.();
  expect(await world.focused()).toBe(sessionOf(one));
});

test("a tab is called as its workers, whatever Claude Code writes, and by a new name at once", async () => {
  const script = String.raw`printf '\033]0;its own title\007'; echo ready; exec cat`;
  const one = await worker(host, 1, { script });
  const two = await worker(host, 2, { script });
  expect(await world.variable("tab", (await world.placeOf(one)).tab, "title")).toBe("worker 1 · worker 2");
  await two.name("tests \\(x)");
  expect(await world.variable("tab", (await world.placeOf(one)).tab, "title")).toBe("worker 1 · tests \\(x)");
  expect(await world.variable("session", sessionOf(one), "name")).toBe("worker 1");
});

test("a caller that gives up while its pane opens leaves neither pane nor worker", async () => {
  world.iterm2.faults.delays.launch = 50;
  const stop = new AbortController();
  const made = world.iterm2.next((event) => event.is === "session.new");
  const gone = world.iterm2.next((event) => event.is === "session.terminated");
  const command = { argv: ["/bin/sh", "-c", "exec cat"] as const, cwd: "/", env: {} };
  const options = { name: "x", place: { at: "auto" } as const, mark: "worker-1", signal: stop.signal };
  const opening = host.open(command, options);
  await made;
  stop.abort();
  await expect(opening).rejects.toThrow(/abort/i);
  await gone;
  expect(await host.list()).toEqual([]);
  expect(world.iterm2.hand.sessions()).toEqual([]);
});
