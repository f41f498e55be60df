import { resolve } from "node:path";
import { expect, test } from "vitest";
import { firstLoad, mostKb, sizeOf } from "../../bench/panel-size.ts";

test("what the page loads at first is a script and a style sheet, and small", () => {
  const parts = firstLoad(resolve(import.meta.dirname, "../../dist/renderer"));
  expect(parts.map(({ path }) => path.replace(/-[\w-]+\./, "."))).toEqual([
    "index.html",
    "assets/index.js",
    "assets/index.css",
  ]);
  expect(sizeOf(parts)).toBeLessThan(mostKb);
});
