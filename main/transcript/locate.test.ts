import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { locateTranscript, transcriptPath } from "./locate.ts";
import { tempFolder } from "./test-kit.ts";

const id = "11111111-1111-4111-8111-111111111111";
const slug = (cwd: string) => dirname(transcriptPath("/c", cwd, id)).slice("/c/projects/".length);

describe("where a transcript is", () => {
  test.each([
    ["/home/dev/my_proj.v2", "-home-dev-my-proj-v2"],
    ["/Users/Ann Lee/a'b", "-Users-Ann-Lee-a-b"],
    ["/p/😀é", "-p----"],
    ["/p/$(touch x)-", "-p---touch-x--"],
  ])("%s → %s", (cwd, expected) => {
    expect(slug(cwd)).toBe(expected);
  });

  test("a long path is cut and gets a hash of the whole", () => {
    const cwd = `/home/${"deep/".repeat(60)}end`;
    expect(slug(cwd)).toHaveLength(200 + 1 + slug(cwd).split("-").at(-1)!.length);
    expect(slug(cwd).startsWith(`-home-${"deep-".repeat(38)}`)).toBe(true);
    expect(slug(cwd)).not.toBe(slug(`${cwd}x`));
    expect(slug(`/${"a".repeat(200)}`)).toBe(`-${"a".repeat(199)}-${hashInWhole(`/${"a".repeat(200)}`)}`);
    expect(slug(`/${"a".repeat(199)}`)).toBe(`-${"a".repeat(199)}`);
  });

  test("an id cannot lead elsewhere", () => {
    expect(() => transcriptPath("/c", "/p", "../../x")).toThrow(expect.objectContaining({ code: "INPUT_INVALID" }));
  });

  test("it is found by its id in another project's folder, else expected in its own", async () => {
    using folder = tempFolder();
    const expected = transcriptPath(folder.path, "/p/a", id);
    expect(await locateTranscript(folder.path, id, "/p/a")).toBe(expected);
    const moved = join(folder.path, "projects", "-p-b", `${id}.jsonl`);
    mkdirSync(dirname(moved), { recursive: true });
    writeFileSync(moved, "");
    expect(await locateTranscript(folder.path, id, "/p/a")).toBe(moved);
    mkdirSync(dirname(expected), { recursive: true });
    writeFileSync(expected, "");
    expect(await locateTranscript(folder.path, id, "/p/a")).toBe(expected);
  });
});

/** The same hash by whole numbers of any size, cut to 32 bits at the end. */
function hashInWhole(words: string): string {
  let sum = 0n;
  for (const unit of words) sum = sum * 31n + BigInt(unit.charCodeAt(0));
  const signed = BigInt.asIntN(32, sum);
  return (signed < 0n ? -signed : signed).toString(36);
}
