import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { WorkerId } from "../../contract/worker.ts";
import { claimHome } from "../../main/home/claim.ts";
import { openHome } from "../../main/home/home.ts";
import { createLog } from "../../main/home/log.ts";
import { untilFolder } from "../../main/home/until-folder.ts";
import { type House, startHouse } from "../../main/house.ts";
import { createPtyHost } from "../../main/terminal/pty/pty-host.ts";
import type { TerminalHost } from "../../main/terminal/terminal.ts";
import { claudePath, needsClaude } from "../needs.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let host: TerminalHost;
let house: House;
beforeEach(async () => {
  world = await createWorld({ claude: claudePath() });
  host = createPtyHost();
  house = await openHouse();
});
afterEach(async () => {
  await house[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

async function openHouse(): Promise<House> {
  const home = await openHome(world.teamHome);
  const claimed = await claimHome(home.paths, Date.now, AbortSignal.timeout(10_000));
  if (claimed.is !== "claimed") throw new Error("another server holds this home");
  return startHouse({ home, claim: claimed.claim, port: 0, env: { ...world.env }, log: createLog(home), host });
}

const soon = () => AbortSignal.timeout(60_000);
const gone = (id: WorkerId) =>
  house.store.until((s) => (s.workers.get(id)?.phase.is === "gone" ? true : undefined), soon());

async function ask(worker: string, text: string): Promise<string | null> {
  const { id } = await house.team.send({ worker, text }, "person");
  return (await house.team.reply({ worker, message: id }, "person", soon())).text;
}

async function said(worker: string): Promise<string[]> {
  const { messages } = await house.team.history({ worker, from: 0 }, "person");
  return messages.map(({ role, text }) => `${role}: ${text}`);
}

/** The hook tells the answer before Claude has written it down. */
const saysOf = (worker: string, lines: string[]) => expect.poll(() => said(worker), { timeout: 20_000 }).toEqual(lines);

/** A live file that names this conversation. */
async function sessionOf(conversation: string): Promise<string | undefined> {
  const folder = join(world.config, "sessions");
  for (const name of await readdir(folder)) {
    if (name.endsWith(".json") && (await readFile(join(folder, name), "utf8")).includes(conversation)) return name;
  }
  return undefined;
}

/** What Claude told the model in its newest request, every turn of it. */
const toldModel = () => JSON.stringify(world.api.requests.findLast((r) => !r.aside)?.body.messages);

needsClaude("an ended conversation", () => {
  test("goes on in a new terminal, under its id and name, with its history once", async () => {
    const cwd = await world.project("goes-on");
    const { id, conversation } = await house.team.spawn(
      { cwd, name: "ana", prompt: "[[text:first answer]]" },
      "person",
    );
    await house.team.reply({ worker: id }, "person", soon());
    await house.team.close({ worker: id }, "person");
    const before = await said(id);
    const again = await house.team.resume({ worker: "ana" }, "person", soon());
    expect(again).toMatchObject({ id, name: "ana", conversation, phase: { is: "idle" } });
    expect(await said(id)).toEqual(before);
    expect(await ask(id, "and on [[text:second answer]]")).toBe("second answer");
    await saysOf(id, [...before, "user: and on [[text:second answer]]", "assistant: second answer"]);
    expect(toldModel()).toContain("first answer");
    expect(house.store.state.workers.size).toBe(1);
    await expect(house.team.resume({ worker: id }, "person")).rejects.toMatchObject({ code: "WORKER_LIVE" });
  });

  test("goes on after a restart of ours, and what came before /clear is still read", async () => {
    const cwd = await world.project("restarted");
    const { id } = await house.team.spawn({ cwd, prompt: "[[text:before the clear]]" }, "person");
    await house.team.reply({ worker: id }, "person", soon());
    await house.team.send({ worker: id, text: "/clear", as: "command" }, "person");
    expect(await ask(id, "[[text:after the clear]]")).toBe("after the clear");
    await house.team.close({ worker: id }, "person");
    const before = await said(id);
    await house[Symbol.asyncDispose]();

    house = await openHouse();
    expect(await said(id)).toEqual(before);
    expect(await house.team.resume({ worker: id }, "person", soon())).toMatchObject({ id, phase: { is: "idle" } });
    expect(await ask(id, "[[text:third]]")).toBe("third");
    await saysOf(id, [...before, "user: [[text:third]]", "assistant: third"]);
    expect(toldModel()).not.toContain("before the clear");
    expect(before.some((line) => line.includes("before the clear"))).toBe(true);
  });

  test("is refused while another process has it open, and when Claude never wrote it down", async () => {
    const cwd = await world.project("elsewhere");
    const { id, conversation } = await house.team.spawn({ cwd, prompt: "[[text:hello]]" }, "person");
    await house.team.reply({ worker: id }, "person", soon());
    await house.team.close({ worker: id }, "person");
    const argv: [string, ...string[]] = [claudePath(), "--resume", conversation ?? ""];
    const options = { name: "mine", place: { at: "auto" as const }, mark: "not-ours" };
    const mine = await host.open({ argv, cwd, env: { ...world.env } }, options);
    await untilFolder(join(world.config, "sessions"), () => sessionOf(conversation ?? ""), soon());
    await expect(house.team.resume({ worker: id }, "person")).rejects.toMatchObject({ code: "CONVERSATION_OPEN" });
    await mine.close();
    expect(await house.team.resume({ worker: id }, "person", soon())).toMatchObject({ phase: { is: "idle" } });

    const silent = await house.team.spawn({ cwd }, "person");
    await house.team.close({ worker: silent.id }, "person");
    const refused = house.team.resume({ worker: silent.id }, "person");
    await expect(refused).rejects.toMatchObject({ code: "CONVERSATION_UNKNOWN" });
  });

  test("that ended amid its turn together with us goes on, and nobody waits for the message that was broken off", async () => {
    const cwd = await world.project("with-us");
    const { id } = await house.team.spawn({ cwd }, "person");
    await house.team.send({ worker: id, text: "[[gate:never]]" }, "person");
    await saysOf(id, ["user: [[gate:never]]"]);
    await house[Symbol.asyncDispose]();
    await host[Symbol.asyncDispose]();

    host = createPtyHost();
    house = await openHouse();
    const brokenOff = { state: "answered", brokenOff: true, notes: ["its turn ended early: the worker ended"] };
    expect(house.store.state.workers.get(id)).toMatchObject({ phase: { is: "gone" }, receipts: [brokenOff] });
    await house.team.resume({ worker: id }, "person", soon());
    expect(await house.team.wait({ workers: [id] }, "manager", soon())).toMatchObject({ settled: [{ id }] });
    expect(await ask(id, "[[text:and on]]")).toBe("and on");
  });

  test("that ended by itself goes on, too", async () => {
    const cwd = await world.project("killed");
    const { id } = await house.team.spawn({ cwd, prompt: "[[text:one]]" }, "person");
    await house.team.reply({ worker: id }, "person", soon());
    process.kill(house.store.state.workers.get(id)?.pid ?? 0, "SIGKILL");
    await gone(id);
    await house.team.resume({ worker: id }, "person", soon());
    expect(await ask(id, "[[text:two]]")).toBe("two");
  });
});

needsClaude("a fork", () => {
  test("goes on with a copy, while the first goes on apart from it", async () => {
    const cwd = await world.project("forked");
    const first = await house.team.spawn({ cwd, name: "ana", prompt: "[[text:common answer]]" }, "person");
    await house.team.reply({ worker: first.id }, "person", soon());
    await expect.poll(async () => (await said(first.id)).at(-1), { timeout: 20_000 }).toBe("assistant: common answer");
    const before = await said(first.id);
    const copy = await house.team.fork({ worker: "ana", name: "bea" }, "person", soon());
    expect(copy).toMatchObject({ name: "bea", cwd, phase: { is: "idle" } });
    expect(copy.id).not.toBe(first.id);
    expect(await ask("bea", "[[text:only bea]]")).toBe("only bea");
    expect(toldModel()).toContain("common answer");
    expect(await ask("ana", "[[text:only ana]]")).toBe("only ana");
    expect(toldModel()).not.toContain("only bea");
    await saysOf("ana", [...before, "user: [[text:only ana]]", "assistant: only ana"]);
    expect((await said("bea")).filter((line) => line.includes("common answer")).length).toBe(
      before.filter((line) => line.includes("common answer")).length,
    );
    const files = (await readdir(join(world.config, "projects"), { recursive: true })).filter((f) =>
      f.endsWith(".jsonl"),
    );
    expect(files).toHaveLength(2);
  });
});
