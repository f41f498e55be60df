/** A line of a comparison: it stays, comes, or goes. */
export interface DiffLine {
  readonly sign: " " | "+" | "-";
  readonly text: string;
}
/** So many lines that stay, left out between changes. */
export interface Gap {
  readonly left: number;
}

/** Where the middle has more pairs of lines than this, it is shown as gone and come, not compared. */
const mostPairs = 1_000_000;

/** What has to happen to the lines of `before` to become `after`; going lines stand before those that come. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [a, b] = linesOfBoth(before, after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  return [
    ...signed(" ", a.slice(0, head)),
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...signed(" ", a.slice(a.length - tail)),
  ];
}

/** The comparison with long stretches of staying lines left out, but for so many lines beside a change. */
export function folded(lines: readonly DiffLine[], context = 3): (DiffLine | Gap)[] {
  const near = new Set<number>();
  lines.forEach(({ sign }, at) => {
    for (let i = at - context; sign !== " " && i <= at + context; i++) near.add(i);
  });
  const shown: (DiffLine | Gap)[] = [];
  lines.forEach((line, at) => {
    const last = shown.at(-1);
    if (near.has(at)) shown.push(line);
    else if (last && "left" in last) shown[shown.length - 1] = { left: last.left + 1 };
    else shown.push({ left: 1 });
  });
  return shown;
}

/** How many lines come and go. */
export function diffSize(lines: readonly DiffLine[]): { added: number; removed: number } {
  const count = (wanted: DiffLine["sign"]) => lines.filter(({ sign }) => sign === wanted).length;
  return { added: count("+"), removed: count("-") };
}

/** A final line break begins no line of its own. Where only one of two texts has it, it comes or goes as an empty line. */
function linesOfBoth(before: string, after: string): [string[], string[]] {
  const both = [before, after].filter((text) => text !== "").every((text) => text.endsWith("\n"));
  const linesOf = (text: string) => (text === "" ? [] : (both ? text.slice(0, -1) : text).split("\n"));
  return [linesOf(before), linesOf(after)];
}

const signed = (sign: DiffLine["sign"], texts: readonly string[]) => texts.map((text): DiffLine => ({ sign, text }));

function middle(a: readonly string[], b: readonly string[]): DiffLine[] {
  if (a.length * b.length > mostPairs) return [...signed("-", a), ...signed("+", b)];
  const longest = commonLengths(a, b);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const goes = i < a.length && (longest[i + 1]?.[j] ?? -1) >= (longest[i]?.[j + 1] ?? -1);
    const sign = i < a.length && a[i] === b[j] ? " " : j >= b.length || goes ? "-" : "+";
    lines.push({ sign, text: (sign === "+" ? b[j] : a[i]) ?? "" });
    if (sign !== "+") i++;
    if (sign !== "-") j++;
  }
  return lines;
}

/** How many lines the rests of both have in common, from every pair of places on. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const [row, below] = [table[i], table[i + 1]];
    if (!row || !below) continue;
    for (let j = b.length - 1; j >= 0; j--)
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
  }
  return table;
}
