import { oneLine } from "./inert.ts";
import { describe } from "./next-step.ts";
import type { Server } from "./talk.ts";
import type { World } from "./world.ts";

/** Tells on standard error, in one line, what is wrong with settings.json; nothing when nothing is. */
export function complain(problem: string | null, world: World): void {
  if (problem !== null) world.err(`${describe({ code: "SETTINGS_BROKEN", message: oneLine(problem) })}\n`);
}

/** The same of the file that a running server follows. */
export async function complainOf(server: Server, world: World): Promise<void> {
  complain((await server.call("settings", {})).problem, world);
}
