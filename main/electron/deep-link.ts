import { type WorkerId, workerId } from "../../contract/worker.ts";

export const linkScheme = "claude-team";

/** The worker that a `claude-team://worker/ID` names; undefined for anything else, however near. */
export function workerOfLink(link: string): WorkerId | undefined {
  const id = /^claude-team:\/\/worker\/(worker-[1-9]\d{0,8})\/?$/.exec(link)?.[1];
  return id === undefined ? undefined : workerId.safeParse(id).data;
}

/** The link among the arguments of a start, as Linux hands it over; only the last argument can be one. */
export function linkAmong(argv: readonly string[]): string | undefined {
  const last = argv.at(-1);
  return last?.startsWith(`${linkScheme}:`) ? last : undefined;
}
