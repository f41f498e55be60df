import type { Args } from "./args.ts";
import type { World } from "./world.ts";

/** Exit codes; scripts rely on them. */
export const exit = { done: 0, failed: 1, wronglyTyped: 2, notRunning: 3 } as const;

/** Carries a command out and returns the exit code; failures that a person can act on are thrown as TeamErrors. */
export type Command = (args: Args, world: World) => Promise<number>;
