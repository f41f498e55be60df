import * as fc from "fast-check";
import { expect, test } from "vitest";
import { withoutReach } from "./mention.ts";

const cwd = "/work/shop";

test.each([
  ["see @/etc/passwd", "see @ /etc/passwd"],
  ["@~/.ssh/id_rsa", "@ ~/.ssh/id_rsa"],
  ["@../other/a.ts", "@ ../other/a.ts"],
  ["@./../other#L1", "@ ./../other#L1"],
  ["@src/../../x", "@ src/../../x"],
  ["@..", "@ .."],
  ['say @"/etc/a b"', 'say @ "/etc/a b"'],
  ["a\n@/etc/passwd", "a\n@ /etc/passwd"],
  ["ok。@/etc/passwd", "ok。@ /etc/passwd"],
  ['@a。@"/etc/passwd"', '@a。@ "/etc/passwd"'],
  ["@/work/shop-of-eve/a", "@ /work/shop-of-eve/a"],
  ["/review @/etc/passwd", "/review @ /etc/passwd"],
])("%j leads out of the project, and mentions nothing any more", (text, shown) => {
  const { text: told, notes } = withoutReach(text, cwd);
  expect(told).toBe(shown);
  expect(notes).toEqual(["put a space after 1 @ that leads out of the project"]);
});

test.each([
  "@src/a.ts and @/work/shop/b.ts, @. too",
  '@"a b/c.ts"',
  "mail ana@example.com, npm i @scope/pkg, git@host:~/x",
  "@agent-review @",
])("%j stays as it is", (text) => {
  expect(withoutReach(text, cwd)).toEqual({ text, notes: [] });
});

test("only spaces are put in, and once is enough", () => {
  const part = fc.constantFrom("@", "/", "~", "..", '"', " ", "a", "\n", "。", "/work/shop/");
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const { text } = withoutReach(parts.join(""), cwd);
      expect(text.replaceAll(" ", "")).toBe(parts.join("").replaceAll(" ", ""));
      expect(withoutReach(text, cwd)).toEqual({ text, notes: [] });
    }),
  );
});
