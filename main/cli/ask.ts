import { createInterface } from "node:readline/promises";
import { UsageError } from "./args.ts";
import type { World } from "./world.ts";

/** Asks the person at the keyboard; where nobody sits, `--yes` must have been given. */
export async function confirm(question: string, yes: boolean | undefined, world: World): Promise<boolean> {
  if (yes) return true;
  if (!world.input.isTTY) throw new UsageError("nobody is there to ask: add --yes");
  const asking = createInterface({ input: world.input, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
  } finally {
    asking.close();
  }
}
