import { createInterface } from "node:readline";
import { UsageError } from "./args.ts";
import type { World } from "./world.ts";

/** Asks the person at the keyboard; where nobody sits, `--yes` must have been given. The end of input is a no. */
export async function confirm(question: string, yes: boolean | undefined, world: World): Promise<boolean> {
  if (yes) return true;
  if (!world.input.isTTY) throw new UsageError("nobody is there to ask: add --yes");
  world.err(`${question} [y/N] `);
  for await (const line of createInterface({ input: world.input })) return /^y(es)?$/i.test(line.trim());
  return false;
}
