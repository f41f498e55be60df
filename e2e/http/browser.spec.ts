import { channel } from "node:diagnostics_channel";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { chromiumPath, needsChromium } from "../needs.ts";
import { personToken, type Served, serve, token } from "./served.ts";

const panelPage = "<!doctype html><title>panel</title><link rel=icon href=data:,><script src=app.js></script>";
const foreignPage = "<!doctype html><title>foreign</title><link rel=icon href=data:,>";

/** Told by Node of every answer of every server in this process, also of those that a browser hides from its pages. */
const finished = channel("http.server.response.finish");

needsChromium("a real browser", () => {
  let browser: Browser;
  let served: Served;
  let foreign: Server;
  let panelDir: string;
  let page: Page;
  /** What came through a door. */
  const entered: string[] = [];
  /** The status of every answer of ours. */
  const statuses: number[] = [];

  const note = (message: unknown) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (request.socket.localPort === served.http.port) statuses.push(response.statusCode);
  };

  beforeAll(async () => {
    finished.subscribe(note);
    panelDir = await mkdtemp(join(tmpdir(), "panel-"));
    await writeFile(join(panelDir, "index.html"), panelPage);
    await writeFile(join(panelDir, "app.js"), "window.loaded = true;");
    served = await serve({ panelDir, handlers: doors(entered) });
    foreign = createServer((_, res) => res.setHeader("content-type", "text/html").end(foreignPage));
    foreign.listen(0, "127.0.0.1");
    await once(foreign, "listening");
    const args = ["--no-sandbox", "--host-resolver-rules=MAP rebind.test 127.0.0.1"];
    browser = await chromium.launch({ executablePath: chromiumPath(), args });
    page = await browser.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    foreign?.close();
    await served?.stop();
    await rm(panelDir, { recursive: true });
    finished.unsubscribe(note);
  });
  beforeEach(async () => {
    await page.goto("about:blank");
    entered.length = 0;
    statuses.length = 0;
  });

  const ours = (path = "/", host = "127.0.0.1") => `http://${host}:${served.http.port}${path}`;
  const foreignUrl = () => `http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`;
  const doorPaths = ["/mcp", "/cli", "/panel/session"];

  test.each(doorPaths)("a foreign page cannot post JSON to %s, even with the token", async (path) => {
    await page.goto(foreignUrl());
    const outcome = await page.evaluate(post, { url: ours(path), bearer: path === "/cli" ? personToken : token });
    expect(outcome).toBe("refused");
    expect(statuses).toEqual([403]); // the preflight
    expect(entered).toEqual([]);
  });

  test.each(doorPaths)("a foreign page's script posts text to %s in vain", async (path) => {
    await page.goto(foreignUrl());
    await page.evaluate(postText, ours(path));
    expect(statuses).toEqual([403]);
    expect(entered).toEqual([]);
  });

  test.each(doorPaths)("a foreign page's form posts to %s in vain", async (path) => {
    await page.goto(foreignUrl());
    await page.evaluate(submitForm, ours(path));
    await page.waitForURL(ours(path));
    expect(statuses[0]).toBe(403);
    expect(entered).toEqual([]);
  });

  test("a foreign page gets no socket of ours", async () => {
    await page.goto(foreignUrl());
    expect(await page.evaluate(openSocket, ours("/bridge").replace("http", "ws"))).toBe("refused");
    expect(entered).toEqual([]);
  });

  test.each(["script", "iframe", "img"])("a foreign page gets nothing of ours into a %s", async (tag) => {
    await page.goto(foreignUrl());
    await page.evaluate(embed, { tag, url: ours(tag === "script" ? "/app.js" : "/") });
    expect(statuses).toEqual([403]);
  });

  test("a name that was rebound to us shows nothing", async () => {
    const answer = await page.goto(ours("/", "rebind.test"));
    expect(answer?.status()).toBe(403);
    expect(await page.title()).toBe("");
  });

  test.each(["127.0.0.1", "localhost"])("our own page at %s loads, gets its secret and its socket", async (host) => {
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(ours("/#code=right", host));
    expect(await page.evaluate("window.loaded")).toBe(true);
    expect(await page.evaluate(exchange, "right")).toEqual({ secret: "secret" });
    expect(await page.evaluate(openSocket, ours("/bridge", host).replace("http", "ws"))).toBe("welcome");
    expect(complaints).toEqual([]);
    expect(statuses).toEqual([200, 200, 200]);
    expect(entered).toEqual(["socket"]);
    await page.reload();
    expect(await page.title()).toBe("panel");
  });

  test("our own page runs no script that was slipped in, and talks to nobody else", async () => {
    await page.goto(ours());
    await page.evaluate(slipIn, "window.slipped = true;");
    expect(await page.evaluate("window.slipped")).toBeUndefined();
    expect(await page.evaluate(postText, foreignUrl())).toBe("refused");
  });
});

function doors(entered: string[]) {
  return {
    mcp: async (_: IncomingMessage, res: ServerResponse) => {
      entered.push("mcp");
      res.end();
    },
    hook: async () => "",
    exchange: (code: string) => (code === "right" ? "secret" : undefined),
    socket: (ws: { send(text: string): void }) => {
      entered.push("socket");
      ws.send("welcome");
    },
    cli: async () => void entered.push("cli"),
  };
}

// What follows runs inside the page.

const post = ({ url, bearer }: { url: string; bearer: string }) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
    body: "{}",
  }).then(
    () => "answered",
    () => "refused",
  );

const postText = (url: string) =>
  fetch(url, { method: "POST", mode: "no-cors", body: "{}" }).then(
    () => "answered",
    () => "refused",
  );

const exchange = async (code: string) => {
  const headers = { "content-type": "application/json" };
  return (await fetch("/panel/session", { method: "POST", headers, body: JSON.stringify({ code }) })).json();
};

const openSocket = (url: string) =>
  new Promise((resolve) => {
    const ws = new WebSocket(url);
    ws.onmessage = ({ data }) => resolve(data);
    ws.onerror = () => resolve("refused");
  });

const submitForm = (action: string) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "POST", action, enctype: "text/plain" });
  document.body.append(form);
  form.submit();
};

const embed = ({ tag, url }: { tag: string; url: string }) =>
  new Promise<void>((resolve) => {
    const element = document.createElement(tag);
    Object.assign(element, { src: url, onload: () => resolve(), onerror: () => resolve() });
    document.body.append(element);
  });

const slipIn = (code: string) => {
  const script = document.createElement("script");
  script.textContent = code;
  document.body.append(script);
};
