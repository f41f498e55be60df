import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { send } from "../../e2e/http/raw.ts";
import { type HttpServer, listen } from "./listen.ts";

let dir: string;
let http: HttpServer;

const serve = (panelDir: string) =>
  listen({
    ...{ port: 0, panelDir, report() {} },
    authorise: { manager: () => false, person: () => false, worker: () => false },
    handlers: {
      mcp: async () => {},
      hook: async () => "",
      exchange: () => undefined,
      socket() {},
      cli: async () => null,
    },
  });

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "panel-"));
  await mkdir(join(dir, "panel/assets"), { recursive: true });
  await writeFile(join(dir, "secret.txt"), "secret");
  await writeFile(join(dir, "panel/index.html"), "<!doctype html><title>panel</title>");
  await writeFile(join(dir, "panel/assets/index-a1B2_c3d.js"), "export {};");
  await writeFile(join(dir, "panel/icon.svg"), "<svg/>");
  await symlink(join(dir, "secret.txt"), join(dir, "panel/link.txt"));
  http = await serve(join(dir, "panel"));
});
afterEach(async () => {
  await http.close();
  await rm(dir, { recursive: true });
});

const get = (path: string, method = "GET") => send(http.port, { method, path });

describe("the panel's files", () => {
  test.each([
    ["/", "text/html; charset=utf-8", "no-store"],
    ["/?x=1", "text/html; charset=utf-8", "no-store"],
    ["/index.html", "text/html; charset=utf-8", "no-store"],
    ["/assets/index-a1B2_c3d.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"],
    ["/icon.svg", "image/svg+xml", "no-cache"],
  ])("%s is %s, %s, and may do only what our page needs", async (path, type, caching) => {
    const { status, headers } = await get(path);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": type,
      "cache-control": caching,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
    const policy = String(headers["content-security-policy"]);
    expect(policy.split("; ")).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        `connect-src 'self' ws://127.0.0.1:${http.port} ws://localhost:${http.port}`,
      ]),
    );
    expect(policy).not.toContain("unsafe");
  });

  test("HEAD has the same head and no body", async () => {
    const { status, headers, body } = await get("/", "HEAD");
    expect({ status, length: headers["content-length"], body }).toEqual({ status: 200, length: "35", body: "" });
  });

  test.each([
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/../../secret.txt",
    "/..\\secret.txt",
    "//secret.txt",
    "/link.txt",
    "/assets",
    "/assets/",
    "/index.html%00.js",
    "/constructor",
    "http://evil.test/secret.txt",
  ])("%s leads nowhere", async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body).not.toBe("secret");
  });

  test("a file that is gone meanwhile is a fault, and the server stays up", async () => {
    await rm(join(dir, "panel/icon.svg"));
    expect((await get("/icon.svg")).status).toBe(500);
    expect((await get("/")).status).toBe(200);
  });
});

test("a panel that was not built leaves the other doors open", async () => {
  const bare = await serve(join(dir, "nothing"));
  expect((await send(bare.port, { path: "/" })).status).toBe(404);
  expect((await send(bare.port, { method: "POST", path: "/mcp" })).status).toBe(401);
  await bare.close();
});
