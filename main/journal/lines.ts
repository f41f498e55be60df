import { type Fact, fact } from "./fact.ts";

/** The whole facts in these bytes, and the lines that are none: torn, damaged, or from a later version. */
export function readFacts(bytes: Buffer): { facts: Fact[]; bad: Buffer[] } {
  const facts: Fact[] = [];
  const bad: Buffer[] = [];
  for (const line of linesOf(bytes)) {
    const read = readFact(line);
    if (read) facts.push(read);
    else bad.push(line);
  }
  return { facts, bad };
}

export const writeFact = (fact: Fact): string => `${JSON.stringify(fact)}\n`;

/** Lines end with LF and nothing else: JSON may hold every other separator in a string. */
function* linesOf(bytes: Buffer): Iterable<Buffer> {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    const to = end === -1 ? bytes.length : end;
    if (to > from) yield bytes.subarray(from, to);
    from = to + 1;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function readFact(line: Buffer): Fact | undefined {
  try {
    return fact.safeParse(JSON.parse(utf8.decode(line))).data;
  } catch {
    // Half a character or half a line: for the bad file.
    return undefined;
  }
}
