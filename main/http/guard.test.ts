import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, test } from "vitest";
import { type Ask, admit } from "./guard.ts";

const port = 4517;
const authorise = {
  manager: (token: string) => token === "manager",
  person: (token: string) => token === "person",
  worker: (id: string, token: string) => token === `token-of-${id}`,
};
const files = new Set(["/", "/index.html", "/assets/index-abcdefgh.js"]);
const isFile = (path: string) => files.has(path);

const manager = { authorization: "Bearer manager" };
const person = { authorization: "Bearer person" };
const json = { "content-type": "application/json" };
const own = { origin: `http://127.0.0.1:${port}` };

/** Its status when refused, else its door. */
function verdict(method: string, path: string, headers: IncomingHttpHeaders): number | string {
  const ask: Ask = { method, path, headers: { host: `127.0.0.1:${port}`, ...headers } };
  const found = admit(ask, { port, authorise, isFile });
  return "status" in found ? found.status : found.door;
}

describe("who is let in", () => {
  test.each<[string, string, IncomingHttpHeaders, string]>([
    ["POST", "/mcp", { ...manager, ...json }, "mcp"],
    ["POST", "/mcp", { ...manager, "content-type": "application/json; charset=utf-8" }, "mcp"],
    ["POST", "/mcp", { ...manager, ...json, host: `localhost:${port}` }, "mcp"],
    ["POST", "/mcp", { ...manager, ...json, host: `[::1]:${port}` }, "mcp"],
    ["POST", "/mcp", { ...manager, ...json, ...own }, "mcp"],
    ["POST", "/mcp", { ...json, authorization: "bearer manager" }, "mcp"],
    ["GET", "/mcp", manager, "mcp"],
    ["DELETE", "/mcp", manager, "mcp"],
    ["POST", "/hook/worker-7", { ...json, authorization: "Bearer token-of-worker-7" }, "hook"],
    ["POST", "/cli", { ...person, ...json }, "cli"],
    ["POST", "/panel/session", { ...own, ...json }, "session"],
    ["GET", "/bridge", own, "bridge"],
    ["GET", "/bridge", { origin: `http://localhost:${port}`, "sec-fetch-site": "same-origin" }, "bridge"],
    ["GET", "/", { "sec-fetch-site": "none" }, "panel"],
    ["GET", "/assets/index-abcdefgh.js", { "sec-fetch-site": "same-origin" }, "panel"],
    ["HEAD", "/index.html", {}, "panel"],
  ])("%s %s %j → %s", (method, path, headers, door) => expect(verdict(method, path, headers)).toBe(door));

  test("a hook's door knows whose it is", () => {
    const headers = { host: `127.0.0.1:${port}`, ...json, authorization: "Bearer token-of-worker-7" };
    expect(admit({ method: "POST", path: "/hook/worker-7", headers }, { port, authorise, isFile })).toEqual({
      ...{ door: "hook", worker: "worker-7" },
    });
  });
});

const good = { ...manager, ...json };

describe("who is not", () => {
  test.each<[string, string, string, IncomingHttpHeaders, number]>([
    ["no Host", "POST", "/mcp", { ...good, host: undefined }, 403],
    ["another Host", "POST", "/mcp", { ...good, host: "example.com" }, 403],
    ["a name that was rebound to us", "POST", "/mcp", { ...good, host: `rebind.test:${port}` }, 403],
    ["our name with another port", "POST", "/mcp", { ...good, host: "127.0.0.1:80" }, 403],
    ["our name without a port", "POST", "/mcp", { ...good, host: "127.0.0.1" }, 403],
    ["our name as a prefix", "POST", "/mcp", { ...good, host: `127.0.0.1:${port}.evil.test` }, 403],
    ["another Host for a static file", "GET", "/", { host: "rebind.test" }, 403],
    ["a foreign Origin", "POST", "/mcp", { ...good, origin: "https://evil.test" }, 403],
    ["a null Origin", "POST", "/mcp", { ...good, origin: "null" }, 403],
    ["an empty Origin", "POST", "/mcp", { ...good, origin: "" }, 403],
    ["another local server's page", "POST", "/mcp", { ...good, origin: "http://localhost:5173" }, 403],
    ["https of our address", "POST", "/mcp", { ...good, origin: `https://127.0.0.1:${port}` }, 403],
    ["a page of another site", "GET", "/", { "sec-fetch-site": "cross-site" }, 403],
    ["a page of another port", "GET", "/", { "sec-fetch-site": "same-site" }, 403],
    ["a bridge without Origin", "GET", "/bridge", {}, 403],
    ["a bridge of a foreign page", "GET", "/bridge", { origin: "http://evil.test" }, 403],
    ["a panel session without Origin", "POST", "/panel/session", json, 403],
    ["an unknown path, with a token", "POST", "/admin", good, 404],
    ["OAuth's discovery", "GET", "/.well-known/oauth-protected-resource", {}, 404],
    ["OAuth's registration", "POST", "/register", json, 404],
    ["a path below a door", "POST", "/mcp/x", good, 404],
    ["a door in capitals", "POST", "/MCP", good, 404],
    ["a worker's name that is a path", "POST", "/hook/../mcp", good, 404],
    ["no token", "POST", "/mcp", json, 401],
    ["a wrong token", "POST", "/mcp", { ...json, authorization: "Bearer wrong" }, 401],
    ["a token without Bearer", "POST", "/mcp", { ...json, authorization: "manager" }, 401],
    ["Basic", "POST", "/mcp", { ...json, authorization: "Basic manager" }, 401],
    ["a token with a space after it", "POST", "/mcp", { ...json, authorization: "Bearer manager x" }, 401],
    ["a worker's token at the MCP door", "POST", "/mcp", { ...json, authorization: "Bearer token-of-worker-7" }, 401],
    [
      "a worker's token at another's hook",
      "POST",
      "/hook/worker-8",
      { ...json, authorization: "Bearer token-of-worker-7" },
      401,
    ],
    ["a manager's token at a hook", "POST", "/hook/worker-7", good, 401],
    ["a person's token at a hook", "POST", "/hook/worker-7", { ...person, ...json }, 401],
    ["a person's token at the MCP door", "POST", "/mcp", { ...person, ...json }, 401],
    ["a person's token for an MCP stream", "GET", "/mcp", person, 401],
    ["a manager's token at the CLI's door", "POST", "/cli", good, 401],
    ["a worker's token at the CLI's door", "POST", "/cli", { ...json, authorization: "Bearer token-of-worker-7" }, 401],
    ["no token at the CLI's door", "POST", "/cli", json, 401],
    ["OPTIONS, token or not", "OPTIONS", "/mcp", manager, 405],
    ["PUT", "PUT", "/mcp", good, 405],
    ["GET of the CLI's door", "GET", "/cli", person, 405],
    ["POST to a static file", "POST", "/", json, 405],
    ["no content type", "POST", "/mcp", manager, 415],
    ["a form", "POST", "/mcp", { ...manager, "content-type": "application/x-www-form-urlencoded" }, 415],
    ["plain text", "POST", "/cli", { ...person, "content-type": "text/plain" }, 415],
    ["a type that only begins right", "POST", "/mcp", { ...manager, "content-type": "application/jsonp" }, 415],
    ["a large body", "POST", "/mcp", { ...good, "content-length": String((1 << 20) + 1) }, 413],
    [
      "a hook's body over 16 MiB",
      "POST",
      "/hook/w",
      { ...json, authorization: "Bearer token-of-w", "content-length": "16777217" },
      413,
    ],
  ])("%s: %s %s %j → %i", (_, method, path, headers, status) => expect(verdict(method, path, headers)).toBe(status));

  test("the checks come in their order: who is wrong in all ways is told of the first", () => {
    const wrong = { host: "evil.test", origin: "https://evil.test", "content-type": "text/plain" };
    expect(verdict("PUT", "/nowhere", wrong)).toBe(403);
    expect(verdict("PUT", "/nowhere", { "content-type": "text/plain" })).toBe(404);
    expect(verdict("PUT", "/mcp", { "content-type": "text/plain" })).toBe(401);
    expect(verdict("PUT", "/mcp", { ...manager, "content-type": "text/plain" })).toBe(405);
  });

  test("whoever lacks the token is told how to get it", () => {
    const refusal = admit(
      { method: "POST", path: "/mcp", headers: { host: `localhost:${port}` } },
      { port, authorise, isFile },
    );
    expect(refusal).toMatchObject({ status: 401, headers: { "www-authenticate": 'Bearer realm="claude-team"' } });
    expect(refusal).toHaveProperty("message", expect.stringContaining("claude-team install"));
  });

  test("at the CLI's door no one is sent to install, which would give the manager's token", () => {
    const headers = { host: `localhost:${port}`, ...good };
    const refusal = admit({ method: "POST", path: "/cli", headers }, { port, authorise, isFile });
    expect(refusal).toHaveProperty("message", expect.stringContaining("person-token"));
    expect(refusal).toHaveProperty("message", expect.not.stringContaining("install"));
  });
});
