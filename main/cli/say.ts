import { text as readAll } from "node:stream/consumers";
import type { Reply } from "../../contract/reply.ts";
import type { Flags } from "./args.ts";
import { exit } from "./command.ts";
import { replyText } from "./print.ts";
import type { World } from "./world.ts";

/** What is to be said: the words as typed, or standard input for `-`. */
export async function textOf(words: readonly string[], { input }: World): Promise<string> {
  return words.length === 1 && words[0] === "-" ? await readAll(input) : words.join(" ");
}

/** Prints a result, in JSON or for people; exit code 0. */
export function tell<T>(world: World, { json }: Flags, value: T, text: (value: T) => string): number {
  world.out(json ? `${JSON.stringify(value)}\n` : text(value));
  return exit.done;
}

/** Prints what came of a message; anything but an answer is a failure. */
export function tellReply(world: World, flags: Flags, reply: Reply): number {
  tell(world, flags, reply, replyText);
  return reply.outcome === "answered" ? exit.done : exit.failed;
}
