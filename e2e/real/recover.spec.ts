import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { claimHome } from "../../main/home/claim.ts";
import { openHome } from "../../main/home/home.ts";
import { createLog } from "../../main/home/log.ts";
import { type House, startHouse } from "../../main/house.ts";
import { createPtyHost } from "../../main/terminal/pty/pty-host.ts";
import type { TerminalHost } from "../../main/terminal/terminal.ts";
import { claudePath, needsClaude } from "../needs.ts";
import { createWorld, type World } from "./world.ts";

/** A house on this world's home, whose terminals outlive it, as iTerm2's and tmux's do. */
async function openHouse(world: World, host: TerminalHost): Promise<House> {
  const home = await openHome(world.teamHome);
  const claimed = await claimHome(home.paths, Date.now, AbortSignal.timeout(10_000));
  if (claimed.is !== "claimed") throw new Error("another server holds this home");
  return startHouse({ home, claim: claimed.claim, port: 0, env: { ...world.env }, log: createLog(home), host });
}

const until = (house: House, is: string) =>
  house.store.until((s) => [...s.workers.values()].find((w) => w.phase.is === is), AbortSignal.timeout(30_000));

/** Claude's live status tells at once that it asks; the dialog that takes the key is known when the screen has been read. */
const answerableByKey = (house: House) =>
  house.store.until(
    (s) =>
      [...s.workers.values()].find((w) => w.phase.is === "asking" && w.phase.requests.some((r) => r.via === "key")),
    AbortSignal.timeout(30_000),
  );

needsClaude("a restart of ours while the terminal lives on", () => {
  test("a permission that was open is asked again, answered by key, and the worker goes on under its name", async () => {
    await using world = await createWorld({ claude: claudePath() });
    await using host = createPtyHost();
    const cwd = await world.project("survives");
    const file = join(cwd, "after restart");
    const first = await openHouse(world, host);
    const { id } = await first.team.spawn({ cwd, name: "ana" }, "person");
    const receipt = await first.team.send(
      { worker: id, text: `[[bash:touch '${file}']] [[text:done after all]]` },
      "person",
    );
    await until(first, "asking");
    await first[Symbol.asyncDispose]();

    await using second = await openHouse(world, host);
    const asking = await answerableByKey(second);
    expect(asking).toMatchObject({ id, name: "ana", receipts: [{ id: receipt.id }] });
    expect(asking.phase).toMatchObject({ requests: [{ kind: "permission", tool: "Bash" }] });
    expect(existsSync(file)).toBe(false);
    expect(await second.team.answer({ worker: id, answer: { decision: "allow" } }, "person")).toMatchObject({
      via: "key",
      outcome: "answered",
    });
    const reply = await second.team.reply({ worker: id, message: receipt.id }, "person", AbortSignal.timeout(30_000));
    expect(reply).toMatchObject({ outcome: "answered", text: "done after all" });
    expect(existsSync(file)).toBe(true);
    const next = await second.team.send({ worker: id, text: "and on [[text:goes on]]" }, "person");
    expect(
      await second.team.reply({ worker: id, message: next.id }, "person", AbortSignal.timeout(30_000)),
    ).toMatchObject({ text: "goes on" });
  });
});
