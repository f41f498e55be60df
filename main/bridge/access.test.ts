import { describe, expect, test } from "vitest";
import { createAccess } from "./access.ts";

const signer = (key: string) => (text: string) =>
  `${key}${text.length}${text.split("").reverse().join("").replaceAll(".", "")}`;
const sameSecret = (known: string, given: string) => known === given;

function accessAt(start: number, key = "key") {
  let time = start;
  let count = 0;
  const access = createAccess({ now: () => time, random: () => `random-${++count}`, sign: signer(key), sameSecret });
  const pass = (ms: number) => {
    time += ms;
  };
  return { ...access, pass };
}

describe("access", () => {
  test("a code is exchanged for a secret that is admitted", () => {
    const access = accessAt(0);
    const secret = access.exchange(access.mint());
    expect(secret).toBeDefined();
    expect(access.admits(secret!)).toBe(true);
  });

  test("a code works once", () => {
    const access = accessAt(0);
    const code = access.mint();
    access.exchange(code);
    expect(access.exchange(code)).toBeUndefined();
  });

  test("a code works for sixty seconds and no longer", () => {
    const access = accessAt(1000);
    const [inTime, late] = [access.mint(), access.mint()];
    access.pass(60_000);
    expect(access.exchange(inTime)).toBeDefined();
    access.pass(1);
    expect(access.exchange(late)).toBeUndefined();
  });

  test("neither a code nor anything like a secret is admitted", () => {
    const access = accessAt(0);
    const code = access.mint();
    const secret = access.exchange(code)!;
    for (const wrong of ["", code, secret.slice(0, -1), `${secret}x`, secret.toUpperCase(), "random-9"])
      expect(access.admits(wrong)).toBe(false);
  });

  test("every page that came in stays in", () => {
    const access = accessAt(0);
    const secrets = [1, 2, 3].map(() => access.exchange(access.mint())!);
    expect(secrets.map(access.admits)).toEqual([true, true, true]);
  });

  test("a secret outlives a restart, but not its thirty days, and not another home's key", () => {
    const first = accessAt(0);
    const given = first.exchange(first.mint())!;
    expect(accessAt(1000).admits(given)).toBe(true);
    expect(accessAt(31 * 24 * 3_600_000).admits(given)).toBe(false);
    expect(accessAt(1000, "other").admits(given)).toBe(false);
  });

  test("codes nobody uses are forgotten, the oldest first", () => {
    const access = accessAt(0);
    const codes = Array.from({ length: 21 }, () => access.mint());
    expect(access.exchange(codes[0]!)).toBeUndefined();
    expect(access.exchange(codes[1]!)).toBeDefined();
  });
});
