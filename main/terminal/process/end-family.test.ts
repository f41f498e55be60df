import { afterEach, expect, test, vi } from "vitest";
import { endFamily } from "./end-family.ts";

afterEach(() => void vi.restoreAllMocks());

test.each([0, 1, Number.NaN])(
  "ends nothing for %s, which is nobody's number: to kill it is to kill one's own group, or all",
  async (pid) => {
    const killed: number[] = [];
    vi.spyOn(process, "kill").mockImplementation((given) => {
      killed.push(given);
      return true;
    });
    await endFamily(pid, Promise.resolve(), 0);
    expect(killed).toEqual([]);
  },
);
