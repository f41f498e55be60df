import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Receipt } from "../../contract/receipt.ts";
import { needsClaude } from "../needs.ts";
import { sharedTeam } from "./team.ts";

needsClaude("a message that Claude Code never took", () => {
  const team = sharedTeam();

  /** A hook of the person's own that refuses every prompt while a file is there. */
  async function refusing() {
    const { world } = team();
    const file = join(world.folder, "refuse");
    const command = `test ! -e ${file} || { echo not now >&2; exit 2; }`;
    const hooks = { UserPromptSubmit: [{ hooks: [{ type: "command", command }] }] };
    await writeFile(join(world.config, "settings.json"), JSON.stringify({ hooks }));
    return { refuse: () => writeFile(file, ""), accept: () => rm(file) };
  }

  test("is sent again by a person, once, and the answer is found by the second", async () => {
    const { spawn, ask, send, manager, person, world } = team();
    const { refuse, accept } = await refusing();
    await spawn({ session_name: "ana", prompt: "[[text:ready]]" });
    await manager.call("get_response", { session_id: "ana" });
    await refuse();
    const { receipt } = await send("ana", "do it [[text:done]]");
    const receipts = async () =>
      ((await person("status", { worker: "ana" })) as { worker: { receipts: Receipt[] } }).worker.receipts;
    const stateOf = async (id: string) => (await receipts()).find((r) => r.id === id)?.state;
    await expect.poll(() => stateOf(receipt.id), { timeout: 60_000 }).toBe("unconfirmed");
    // Seen in Claude Code 2.1.330: a prompt that a hook refuses is put back into the input box.
    const { screen } = (await person("status", { worker: "ana" })) as { screen: string[] };
    expect(screen.filter((row) => /^❯\sdo it/.test(row))).toHaveLength(1);
    await accept();

    const again = (await person("resend", { worker: "ana", message: receipt.id })) as {
      sent: boolean;
      receipt: Receipt;
    };
    expect(again).toMatchObject({ sent: true, receipt: { by: "person", repeats: receipt.id } });
    expect(await person("resend", { worker: "ana", message: receipt.id })).toMatchObject({
      sent: false,
      receipt: { id: again.receipt.id },
    });
    expect(await person("reply", { worker: "ana", message: again.receipt.id })).toMatchObject({ text: "done" });
    expect(await stateOf(again.receipt.id)).toBe("answered");
    expect(await stateOf(receipt.id)).toBe("unconfirmed");
    expect(world.api.requests.filter((r) => r.prompt?.startsWith("do it"))).toHaveLength(1);
    expect(await ask("ana", "next [[text:more]]")).toMatchObject({ response: "more" });
  });
});
