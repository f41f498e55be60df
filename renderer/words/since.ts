import type { Message } from "../../contract/message.ts";

/** The number of the first message that came after this moment; undefined when none did, or all of them did. */
export function firstSince(messages: readonly Message[], moment: number | null): number | undefined {
  if (moment === null) return undefined;
  const first = messages.findIndex(({ at }) => at > moment);
  return first > 0 ? messages[first]?.seq : undefined;
}
