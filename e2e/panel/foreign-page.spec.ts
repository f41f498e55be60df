import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { needsClaudeAndChromium } from "../needs.ts";
import { openTeam, type RealTeam } from "../real/team.ts";
import { freshLink, launchChromium } from "./panel.ts";
import { openTab } from "./tab.ts";

const foreignPage = "<!doctype html><title>foreign</title><link rel=icon href=data:,>";

/** All of these would do something if they were let in: the page even knows the tokens. */
interface Attempt {
  readonly path: string;
  readonly bearer: string;
  readonly body: object;
}

needsClaudeAndChromium("a web page that is not ours", () => {
  let team: RealTeam;
  let browser: Browser;
  let foreign: Server;
  let page: Page;
  let attempts: readonly Attempt[];
  let code: string;
  /** Everything our server answered to this page: `POST /mcp 403`. */
  const answers: string[] = [];

  beforeAll(async () => {
    foreign = createServer((_, res) => res.setHeader("content-type", "text/html").end(foreignPage));
    foreign.listen(0, "127.0.0.1");
    [team, browser] = await Promise.all([
      openTeam(),
      launchChromium("--host-resolver-rules=MAP rebind.test 127.0.0.1"),
      once(foreign, "listening"),
    ]);
    const { session_id } = await team.spawn({ session_name: "ana" });
    code = new URL(await freshLink(team)).hash.slice("#code=".length);
    attempts = await everyDoor(team, session_id, code);
  });
  afterAll(async () => {
    await browser?.close();
    foreign?.close();
    await team?.[Symbol.asyncDispose]();
  });

  beforeEach(async () => {
    ({ page } = await openTab(browser));
    answers.length = 0;
    page.on("response", (response) => {
      const { host, pathname } = new URL(response.url());
      if (host.endsWith(`:${port()}`)) answers.push(`${response.request().method()} ${pathname} ${response.status()}`);
    });
  });

  afterEach(async () => {
    await page.context().close();
    const workers = (await team.person("list", {})) as { name: string; phase: { is: string } }[];
    expect(workers).toMatchObject([{ name: "ana", phase: { is: "idle" } }]);
    expect(team.world.api.requests).toEqual([]);
  });

  const port = () => new URL(team.server.url).port;
  const ours = (path: string, host = "127.0.0.1") => `http://${host}:${port()}${path}`;
  const foreignAt = (host: string) => `http://${host}:${(foreign.address() as AddressInfo).port}/`;

  test.each(["127.0.0.1", "localhost", "rebind.test"])("at %s gets nothing by script", async (host) => {
    await page.goto(foreignAt(host));
    const statuses = await statusesOf(page);
    for (const attempt of attempts) {
      for (const name of ["127.0.0.1", "localhost", "rebind.test"]) {
        const aimed = { ...attempt, url: ours(attempt.path, name) };
        expect(await page.evaluate(postJson, aimed)).toBe("refused");
        expect(await page.evaluate(postText, aimed)).toBe("refused");
      }
    }
    expect(await page.evaluate(openSocket, ours("/bridge").replace("http", "ws"))).toBe("refused");
    // Of each pair the question before the JSON, which is then not sent, and the text.
    expect(statuses).toEqual(Array.from({ length: 2 * 3 * attempts.length }, () => 403));
  });

  test("gets nothing by posting a form, which the browser sends without asking", async () => {
    for (const { path, body } of attempts) {
      await page.goto(foreignAt("127.0.0.1"));
      await page.evaluate(submitForm, { url: ours(path), body });
      await page.waitForURL(ours(path));
    }
    expect(answers.filter((answer) => answer.startsWith("POST"))).toEqual(
      attempts.map(({ path }) => `POST ${path} 403`),
    );
  });

  test("cannot put the panel into a frame", async () => {
    await page.goto(foreignAt("127.0.0.1"));
    await page.evaluate(embed, ours("/"));
    expect(answers).toEqual(["GET / 403"]);
    expect(await page.frames()[1]?.title()).not.toContain("Claude Team");
  });

  test("whose name was rebound to our address is refused as a page, and with all it tries from there", async () => {
    const answer = await page.goto(ours("/", "rebind.test"));
    expect(answer?.status()).toBe(403);
    for (const attempt of attempts) await page.evaluate(postJson, { ...attempt, url: attempt.path });
    expect(await page.evaluate(openSocket, ours("/bridge", "rebind.test").replace("http", "ws"))).toBe("refused");
    expect(answers.filter((answer) => answer.startsWith("POST"))).toEqual(
      attempts.map(({ path }) => `POST ${path} 403`),
    );
  });

  test("has used up nothing: the code that it tried is still good for ours", async () => {
    await page.goto(`${team.server.panel}#code=${code}`);
    await page.getByRole("button", { name: "ana" }).waitFor();
  });
});

async function everyDoor(team: RealTeam, worker: string, code: string): Promise<Attempt[]> {
  const { server, world } = team;
  const hookToken = (await readFile(join(world.teamHome, "workers", worker, "token"), "utf8")).trim();
  const cwd = await world.project("never");
  const spawn = { name: "spawn_session", arguments: { project_path: cwd } };
  return [
    { path: "/mcp", bearer: server.token, body: { jsonrpc: "2.0", id: 1, method: "tools/call", params: spawn } },
    { path: "/cli", bearer: server.personToken, body: { call: "stop", input: {} } },
    { path: `/hook/${worker}`, bearer: hookToken, body: { hook_event_name: "UserPromptSubmit", prompt: "forged" } },
    { path: "/panel/session", bearer: server.token, body: { code } },
  ];
}

/** The status of every answer from now on, also of those that the browser keeps from the page. */
async function statusesOf(page: Page): Promise<number[]> {
  const statuses: number[] = [];
  const devtools = await page.context().newCDPSession(page);
  devtools.on("Network.responseReceivedExtraInfo", ({ statusCode }) => statuses.push(statusCode));
  await devtools.send("Network.enable");
  return statuses;
}

// What follows runs inside the page.

const postJson = ({ url, bearer, body }: Attempt & { url: string }) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
    body: JSON.stringify(body),
  }).then(
    () => "answered",
    () => "refused",
  );

const postText = ({ url, body }: Attempt & { url: string }) =>
  fetch(url, { method: "POST", mode: "no-cors", body: JSON.stringify(body) }).then(
    () => "answered",
    () => "refused",
  );

const openSocket = (url: string) =>
  new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.onopen = () => resolve("open");
    socket.onerror = () => resolve("refused");
  });

const submitForm = ({ url, body }: { url: string; body: object }) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "POST", action: url, enctype: "text/plain" });
  const field = document.createElement("input");
  // Sent as `{"call":"stop",…,"x":"="}`: JSON, to those who do not look at the type.
  Object.assign(field, { name: `${JSON.stringify(body).slice(0, -1)},"x":"`, value: '"}' });
  form.append(field);
  document.body.append(form);
  form.submit();
};

const embed = (url: string) =>
  new Promise<void>((resolve) => {
    const frame = document.createElement("iframe");
    Object.assign(frame, { src: url, onload: () => resolve() });
    document.body.append(frame);
  });
