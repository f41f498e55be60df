import { expect, test } from "vitest";
import { luminanceOf, numberOf, type Rgb, tabColours } from "./colours.ts";

const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
const distance = (a: Rgb, b: Rgb) => Math.hypot(a.red - b.red, a.green - b.green, a.blue - b.blue);
const workers = Array.from({ length: 40 }, (_, n) => n);

test("text stays readable on every tab, in the light theme and in the dark one", () => {
  for (const n of workers) {
    const { light, dark } = tabColours(n);
    expect(contrast(luminanceOf(light), 0)).toBeGreaterThan(7);
    expect(contrast(luminanceOf(dark), 1)).toBeGreaterThan(5.5);
  }
});

test("twelve workers in a row have twelve colours, and those beside each other differ clearly", () => {
  for (const theme of ["light", "dark"] as const) {
    for (const n of workers) {
      const own = tabColours(n)[theme];
      expect(distance(own, tabColours(n + 1)[theme])).toBeGreaterThan(0.4);
      for (let other = 1; other < 12; other++)
        expect(distance(own, tabColours(n + other)[theme])).toBeGreaterThan(0.07);
    }
  }
});

test("a mark has one number", () => {
  expect([numberOf("worker-1"), numberOf("worker-12")]).toEqual([1, 12]);
  expect(numberOf("other")).toBe(numberOf("other"));
  expect(numberOf("other")).not.toBe(numberOf("another"));
});
