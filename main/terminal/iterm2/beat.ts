import type { Link } from "./link.ts";

/** The cheapest question that needs iTerm2's main thread. */
export function beat(link: Link): Promise<unknown> {
  return link.call("variable", { scope: { case: "app", value: true }, get: ["pid"] });
}

/** Whether iTerm2 answers it within so many milliseconds. */
export async function answersBeat(link: Link, limitMs: number): Promise<boolean> {
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((tell) => {
    limit = setTimeout(() => tell(false), limitMs);
  });
  const answer = beat(link).then(
    () => true,
    () => false,
  );
  const answers = await Promise.race([answer, late]);
  clearTimeout(limit);
  return answers;
}
