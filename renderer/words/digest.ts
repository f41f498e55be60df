import type { Digest } from "../../contract/digest.ts";
import { plain } from "./plain.ts";
import { firstLine } from "./sentence.ts";

const mostNamed = 4;

/** What a worker did, in a few lines for a person; `cwd` shortens the paths below it. */
export function digestLines(digest: Digest, cwd: string): string[] {
  const { heard, said, tools, files, lastReply, problems, whole } = digest;
  const used = tools.reduce((sum, { count }) => sum + count, 0);
  const failed = tools.reduce((sum, tool) => sum + tool.failed, 0);
  const named = tools.slice(0, mostNamed).map(({ name, count }) => `${name} ${count}×`);
  const lines = [
    `${whole ? "" : "More than "}${counted(said, "message")} from it, ${heard} to it`,
    used > 0 &&
      `${counted(used, "tool call")}${failed > 0 ? `, ${failed} failed` : ""}: ${listed(named, tools.length)}`,
    files.length > 0 &&
      `Wrote ${listed(
        files.slice(0, mostNamed).map((file) => within(file, cwd)),
        files.length,
      )}`,
    ...new Set(problems.map(({ text }) => `Went wrong: ${firstLine(text)}`)),
    lastReply && `Said last: ${firstLine(lastReply.text)}`,
  ];
  return lines.filter((line) => typeof line === "string").map(plain);
}

export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

const listed = (some: readonly string[], of: number) =>
  of > some.length ? `${some.join(", ")} and ${of - some.length} more` : some.join(", ");

const within = (path: string, cwd: string) => (path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path);
