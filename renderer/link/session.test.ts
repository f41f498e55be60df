import { describe, expect, test } from "vitest";
import { Refused } from "./refused.ts";
import { type Browser, obtainSecret } from "./session.ts";

/** A browser with this fragment in its URL; `posted` is what was sent to the server, in order with what became of the URL. */
function browser(hash: string, { kept = "", status = 200 } = {}) {
  const log: string[] = [];
  const stored = new Map<string, string>(kept ? [["claude-team.secret", kept]] : []);
  const location = { hash, pathname: "/", search: "" };
  const page: Browser = {
    location,
    history: {
      replaceState: (_data, _title, url) => {
        location.hash = "";
        log.push(`url ${String(url)}`);
      },
    },
    sessionStorage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
    },
    fetch: async (url, init) => {
      log.push(`${init.method} ${url} ${String(init.body)}`);
      return { ok: status === 200, status, json: async () => ({ secret: "fresh" }) };
    },
  };
  return { page, log, stored };
}

describe("a page's secret", () => {
  test("is had for the code in the URL, which is taken out of the URL first", async () => {
    const { page, log, stored } = browser("#code=abc");
    expect(await obtainSecret(page)).toBe("fresh");
    expect(log).toEqual(["url /", 'POST /panel/session {"code":"abc"}']);
    expect([...stored.values()]).toEqual(["fresh"]);
  });

  test("outlives a reload", async () => {
    const { page, log } = browser("", { kept: "earlier" });
    expect(await obtainSecret(page)).toBe("earlier");
    expect(log).toEqual([]);
  });

  test("is replaced by a new code", async () => {
    const { page } = browser("#code=abc", { kept: "earlier" });
    expect(await obtainSecret(page)).toBe("fresh");
  });

  test.each([403, 410, 500])("is refused with a code that the server answers with %i", async (status) => {
    await expect(obtainSecret(browser("#code=used", { status }).page)).rejects.toBeInstanceOf(Refused);
  });

  test("is refused where there is nothing to get it for", async () => {
    await expect(obtainSecret(browser("").page)).rejects.toBeInstanceOf(Refused);
  });
});
