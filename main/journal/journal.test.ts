import { type FileHandle, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { WorkerId } from "../../contract/worker.ts";
import type { Fact } from "./fact.ts";
import { fold } from "./fold.ts";
import { type Journal, openJournal } from "./journal.ts";

let folder: string;
let path: string;
const opened: Journal[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "claude-team-journal-"));
  path = join(folder, "journal.jsonl");
});
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close();
  await rm(folder, { recursive: true, force: true });
});

const now = () => Date.UTC(2026, 10, 22);
const fact = (n: number, name = `name ${n}`): Fact => ({
  type: "worker.opened",
  id: `worker-${n}` as WorkerId,
  name,
  cwd: "/project",
  conversation: null,
  terminal: { host: "pty", ref: `pty-${n}` },
  model: null,
  permissionMode: "manual",
  at: n,
});

async function openIt(options = {}): Promise<Journal> {
  const journal = await openJournal(path, { now, ...options });
  opened.push(journal);
  return journal;
}

/** A disk that counts, and fails on command. `half` of a refused write stays, as on a full disk. */
function disk() {
  const state = { syncs: 0, writes: 0, full: false, stuck: false };
  const refuse = () => Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  const openFile = async (...args: Parameters<typeof open>): Promise<FileHandle> => {
    const real = await open(...args);
    return new Proxy(real, {
      get(target, name) {
        if (name === "appendFile") {
          return async (text: string) => {
            state.writes++;
            await target.appendFile(state.full ? text.slice(0, text.length / 2) : text);
            if (state.full) throw refuse();
          };
        }
        if (name === "datasync") {
          return () => {
            state.syncs++;
            return target.datasync();
          };
        }
        if (name === "truncate" && state.stuck) return () => Promise.reject(refuse());
        const value = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  };
  return { state, openFile };
}

describe("a fact told", () => {
  test("is there after opening again, in the order told, in a file for its user alone", async () => {
    const journal = await openIt();
    expect(journal.facts).toEqual([]);
    await Promise.all([1, 2, 3, 4, 5].map((n) => journal.append(fact(n))));
    await journal.close();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const { workers } = fold((await openIt()).facts);
    expect(workers.map((w) => w.name)).toEqual(["name 1", "name 2", "name 3", "name 4", "name 5"]);
  });

  test("at the same time as nineteen others shares a few syncs with them", async () => {
    const { state, openFile } = disk();
    const journal = await openIt({ openFile });
    await Promise.all(Array.from({ length: 20 }, (_, i) => journal.append(fact(i + 1), { sync: true })));
    expect(state.syncs).toBeLessThanOrEqual(2);
    expect((await readFile(path, "utf8")).trim().split("\n")).toHaveLength(20);
  });

  test("without sync costs none", async () => {
    const { state, openFile } = disk();
    await (await openIt({ openFile })).append(fact(1));
    expect(state.syncs).toBe(0);
  });

  test("with any text in it comes back as it was", async () => {
    const name = 'line\nfeed \r\u2028\u2029\u0000\u001b[31m \ud83d\ude00 \ud800 "quoted" \\';
    await (await openIt()).append(fact(1, name));
    expect((await openJournal(path, { now })).facts).toContainEqual(fact(1, name));
  });

  test("after the end is refused", async () => {
    const journal = await openIt();
    await journal.close();
    await expect(journal.append(fact(1))).rejects.toMatchObject({ code: "STOPPING" });
  });
});

describe("a file that is not as it should be", () => {
  test("a torn last line is kept aside, told, and the rest is used", async () => {
    await writeFile(path, `${JSON.stringify(fact(1))}\n{"type":"worker.op`);
    const journal = await openIt();
    expect(fold(journal.facts).workers).toHaveLength(1);
    expect(journal.problem).toContain("1 line of");
    const aside = join(folder, "journal.bad-2026-11-22T00-00-00-000Z");
    expect(await readFile(aside, "utf8")).toBe('{"type":"worker.op\n');
    expect((await stat(aside)).mode & 0o777).toBe(0o600);
    await journal.append(fact(2));
    expect(fold((await openJournal(path, { now })).facts).workers).toHaveLength(2);
  });

  test("a last line that only lacks its line feed is whole", async () => {
    await writeFile(path, JSON.stringify(fact(1)));
    const journal = await openIt();
    await journal.append(fact(2));
    expect(journal.problem).toBeNull();
    expect(fold((await openJournal(path, { now })).facts).workers).toHaveLength(2);
  });

  test("a fact of a later version is kept aside, not lost", async () => {
    await writeFile(path, '{"type":"worker.praised","id":"worker-1"}\n');
    await openIt();
    const [aside] = (await readdir(folder)).filter((name) => name.startsWith("journal.bad-"));
    expect(await readFile(join(folder, aside!), "utf8")).toContain("worker.praised");
  });

  test("a directory in its place is an error with the path", async () => {
    path = folder;
    await expect(openIt()).rejects.toMatchObject({ code: "STORAGE_FAILED" });
  });
});

describe("a disk that refuses", () => {
  test("is told to the caller, leaves nothing half, and the journal goes on when it recovers", async () => {
    const { state, openFile } = disk();
    const journal = await openIt({ openFile });
    await journal.append(fact(1));
    state.full = true;
    const refused = { code: "STORAGE_FAILED", message: expect.stringContaining("no space left") };
    await expect(journal.append(fact(2), { sync: true })).rejects.toMatchObject(refused);
    state.full = false;
    await journal.append(fact(3));
    const again = await openJournal(path, { now });
    expect(again.problem).toBeNull();
    expect(fold(again.facts).workers.map((w) => w.id)).toEqual(["worker-1", "worker-3"]);
  });

  test("even to cut off what it wrote half costs only that line", async () => {
    const { state, openFile } = disk();
    const journal = await openIt({ openFile });
    state.full = true;
    state.stuck = true;
    await expect(journal.append(fact(1))).rejects.toMatchObject({ code: "STORAGE_FAILED" });
    state.full = false;
    await journal.append(fact(2));
    const again = await openJournal(path, { now });
    expect(again.problem).toContain("1 line of");
    expect(fold(again.facts).workers.map((w) => w.id)).toEqual(["worker-2"]);
  });

  test("to open the file refuses the fact, not the journal", async () => {
    let broken = true;
    const openFile = async (...args: Parameters<typeof open>) => {
      if (broken) throw Object.assign(new Error("EMFILE: too many open files"), { code: "EMFILE" });
      return open(...args);
    };
    const journal = await openIt({ openFile });
    await expect(journal.append(fact(1))).rejects.toMatchObject({ code: "STORAGE_FAILED" });
    broken = false;
    await journal.append(fact(1));
    expect(await readFile(path, "utf8")).toContain("worker-1");
  });
});

describe("growth", () => {
  test("a journal that says the same over and over stays small", async () => {
    const journal = await openIt({ maxBytes: 4000 });
    for (let i = 0; i < 500; i++) {
      await journal.append({
        type: "worker.linked",
        id: "worker-1" as WorkerId,
        pid: i,
        conversation: null,
        transcript: null,
      });
      if (i === 0) await journal.append(fact(1));
    }
    expect((await stat(path)).size).toBeLessThan(4200);
    expect(fold((await openJournal(path, { now })).facts).workers).toMatchObject([{ id: "worker-1", pid: 499 }]);
  });

  test("facts told while it is rewritten are not lost", async () => {
    const journal = await openIt();
    const told = Array.from({ length: 40 }, (_, i) => journal.append(fact(i + 1)));
    const rewritten = journal.compact();
    told.push(journal.append(fact(41)), journal.append(fact(42)));
    await Promise.all([...told, rewritten]);
    expect(fold((await openJournal(path, { now })).facts).workers).toHaveLength(42);
  });

  test("a journal that is long for good reason is not rewritten at every fact", async () => {
    const { state, openFile } = disk();
    const journal = await openIt({ maxBytes: 1000, openFile });
    await Promise.all(Array.from({ length: 40 }, (_, i) => journal.append(fact(i + 1))));
    const rename = (name: string) => journal.append({ type: "worker.renamed", id: "worker-1" as WorkerId, name });
    await rename("waits for the rewriting that the forty began");
    const { ino } = await stat(path);
    await rename("api");
    await rename("web");
    expect((await stat(path)).ino).toBe(ino);
    expect(state.writes).toBe(4);
  });
});
