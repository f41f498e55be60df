import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPage } from "../page/page.ts";
import { pageUrl, servePageFiles } from "./page-files.ts";

let root = "";
let get: (url: string, method?: string) => Promise<Response>;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "page-files-"));
  await mkdir(join(root, "page/assets"), { recursive: true });
  await writeFile(join(root, "page/index.html"), "<p>page</p>");
  await writeFile(join(root, "page/assets/index-a1.js"), "1");
  await writeFile(join(root, "page/.env.js"), "secret");
  await writeFile(join(root, "secret.html"), "secret");
  const serve = servePageFiles(await openPage(join(root, "page")));
  get = (url, method = "GET") => serve(new Request(url, { method }));
});
afterAll(() => rm(root, { recursive: true }));

describe("the page's files", () => {
  test("are served with their type and a policy that allows nothing from elsewhere", async () => {
    const page = await get(pageUrl);
    expect(await page.text()).toBe("<p>page</p>");
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|http/);
    const script = await get("app://claude-team/assets/index-a1.js");
    expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  });

  test.each([
    "app://claude-team/../secret.html",
    "app://claude-team/assets/../../secret.html",
    "app://claude-team/%2e%2e/secret.html",
    "app://claude-team/..%2fsecret.html",
    "app://claude-team/..\\secret.html",
    "app://claude-team/assets/%00.html",
    "app://claude-team//etc/hosts.html",
    "app://claude-team/.env.js",
    "app://claude-team/assets",
    "app://elsewhere/index.html",
    "http://claude-team/index.html",
    "app://claude-team/missing.js",
  ])("are nothing outside the folder: %s", async (url) => {
    const response = await get(url);
    expect([403, 404]).toContain(response.status);
    expect(await response.text()).toBe("");
  });

  test("are only read", async () => {
    expect((await get(pageUrl, "POST")).status).toBe(405);
  });
});
