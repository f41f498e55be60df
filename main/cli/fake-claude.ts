import { exit } from "./command.ts";
import type { World } from "./world.ts";

export async function fakeClaude(_argv: readonly string[], world: World): Promise<number> {
  world.err("not yet\n");
  return exit.failed;
}
