/** The known name that a misspelt one most likely stands for; undefined when none is near. Pure. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const given = bare(name);
  const near = known
    .map((one) => ({ one, steps: holds(given, bare(one)) ? 0 : distance(given, bare(one)) }))
    .filter(({ steps }) => steps <= (given.length < 4 ? 0 : Math.max(2, given.length / 3)));
  return near.sort((a, b) => a.steps - b.steps)[0]?.one;
}

/** `projectPath` and `project-path` are `project_path` to whoever writes them. */
const bare = (name: string) => name.toLowerCase().replace(/[^a-z\d]/g, "");

const holds = (a: string, b: string) => Math.min(a.length, b.length) > 2 && (a.includes(b) || b.includes(a));

/** How many letters must be put in, left out or changed (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
