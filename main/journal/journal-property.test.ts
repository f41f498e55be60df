import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { WorkerId } from "../../contract/worker.ts";
import type { Fact } from "./fact.ts";
import { factsOf, fold } from "./fold.ts";
import { openJournal } from "./journal.ts";
import { readFacts, writeFact } from "./lines.ts";

const id = fc.integer({ min: 1, max: 4 }).map((n) => `worker-${n}` as WorkerId);
const at = fc.integer({ min: 0, max: 2 ** 40 });
const text = fc.string({ unit: "grapheme", maxLength: 40 });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const is = fc.constantFrom;
const receipt = fc.record({
  id: fc.integer({ min: 1, max: 6 }).map((n) => `msg-${n}`),
  text,
  at,
  by: is("person" as const, "manager" as const),
  state: is("accepted" as const, "typed" as const, "submitted" as const, "answered" as const, "unconfirmed" as const),
  notes: fc.array(text, { maxLength: 2 }),
});

const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({
    type: is("worker.opened" as const),
    id,
    name: text,
    cwd: text,
    conversation: orNull(text),
    terminal: fc.record({ host: is("pty" as const, "tmux" as const), ref: text }),
    model: orNull(text),
    permissionMode: is("manual" as const, "plan" as const),
    at,
  }),
  fc.record({
    type: is("worker.linked" as const),
    id,
    pid: orNull(at),
    conversation: orNull(text),
    transcript: orNull(text),
  }),
  fc.record({ type: is("worker.renamed" as const), id, name: text }),
  fc.record({ type: is("worker.gone" as const), id, reason: text, at }),
  fc.record({ type: is("worker.closed" as const), id, at }),
  fc.record({ type: is("worker.dismissed" as const), id }),
  fc.record({
    type: is("worker.resumed" as const),
    id,
    terminal: fc.record({ host: is("pty" as const, "iterm2" as const), ref: text }),
    at,
  }),
  fc.record({ type: is("worker.looked" as const), id, at }),
  fc.record({ type: is("project" as const), path: text, at }),
  fc.record(
    { type: is("receipt.moved" as const), id, receipt, text, as: is("text" as const), prompt: fc.record({ text, at }) },
    { requiredKeys: ["type", "id", "receipt"] },
  ),
  fc.record({ type: is("counter" as const), nextWorker: fc.nat(99), nextMessage: fc.nat(99) }),
);
const facts = fc.array(fact, { maxLength: 12 });

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A journal file with these bytes, alone in a new folder. */
async function journalOf(bytes: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "claude-team-journal-"));
  folders.push(folder);
  const path = join(folder, "journal.jsonl");
  await writeFile(path, bytes);
  return path;
}

const now = () => 0;
const renamed: Fact = { type: "worker.renamed", id: "worker-1" as WorkerId, name: "after the crash" };

/** Opens it, appends one fact, and returns what each of two openings read. */
async function openAppendOpen(path: string): Promise<[readonly Fact[], readonly Fact[]]> {
  const first = await openJournal(path, { now });
  await first.append(renamed, { sync: true });
  await first.close();
  const second = await openJournal(path, { now });
  await second.close();
  return [first.facts, second.facts];
}

test("the compact facts fold into the same memory", () => {
  fc.assert(
    fc.property(facts, (some) => {
      const memory = fold(some);
      expect(fold(factsOf(memory))).toEqual(memory);
    }),
  );
});

test("a journal cut at any byte gives every whole fact before the cut, and goes on", async () => {
  await fc.assert(
    fc.asyncProperty(facts, fc.nat(), async (some, place) => {
      const lines = some.map((one) => Buffer.from(writeFact(one)));
      const whole = Buffer.concat(lines);
      const cut = whole.length === 0 ? 0 : place % (whole.length + 1);
      // A line counts as whole without its line feed.
      const ends = lines.map((_, i) => Buffer.concat(lines.slice(0, i + 1)).length - 1);
      const path = await journalOf(whole.subarray(0, cut));
      const [before, after] = await openAppendOpen(path);
      const read = some.filter((_, i) => (ends[i] as number) <= cut);
      expect(before).toEqual(read);
      expect(fold(after)).toEqual(fold([...read, renamed]));
    }),
    { numRuns: 60 },
  );
});

test("a journal with any bytes damaged opens, goes on, and loses only the damaged lines, which are kept aside", async () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(facts, damage, async (some, places) => {
      const bytes = Buffer.from(some.map(writeFact).join(""));
      for (const [place, value] of places) if (bytes.length > 0) bytes[place % bytes.length] = value;
      const { bad } = readFacts(bytes);
      const path = await journalOf(bytes);
      const [before, after] = await openAppendOpen(path);
      expect(fold(after)).toEqual(fold([...before, renamed]));
      const aside = (await readdir(join(path, ".."))).filter((name) => name.startsWith("journal.bad-"));
      const kept = await Promise.all(aside.map((name) => readFile(join(path, "..", name))));
      expect(Buffer.concat(kept)).toEqual(Buffer.concat(bad.flatMap((line) => [line, Buffer.from("\n")])));
    }),
    { numRuns: 60 },
  );
});
