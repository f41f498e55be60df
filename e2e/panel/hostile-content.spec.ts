import type { Page } from "playwright";
import { afterEach, expect, test } from "vitest";
import { TeamError } from "../../contract/error.ts";
import type { Message } from "../../contract/message.ts";
import type { Worker } from "../../contract/worker.ts";
import type { Team } from "../../main/team/commands.ts";
import { needsChromium } from "../needs.ts";
import { aMessage, aPrompt, aScreen, aTool, teamOf, told } from "./conversations.ts";
import { see, sharedBrowser } from "./panel.ts";
import { openScripted, type Scripted } from "./scripted.ts";
import { permission, worker } from "./states.ts";

const html = '<img src="https://evil.example/x.png" onerror="window.owned=1"><script>window.owned=1</script>';
const turned = "safe\u202etxt.exe\u202c";
const ansi = "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07click\x1b]8;;\x07 \x1b]0;owned\x07";
const markdown = [
  "[a](javascript:window.owned=1) [b](data:text/html,x) [c](vbscript:x) [d](file:///etc/passwd) [e](//evil.example)",
  "![pixel](https://evil.example/pixel.png) ![](data:image/svg+xml,x) <https://evil.example/auto> <javascript:alert(1)>",
  "[https://good.example](https://evil.example/) &lt;script&gt; <iframe src=https://evil.example></iframe>",
  "",
  '<style>*{display:none}</style><base href="https://evil.example"><meta http-equiv=refresh content="0;url=https://evil.example">',
  "",
  `| ${html} | [x](javascript:window.owned=1) |`,
  "|---|---|",
  `| ${turned} | ![](https://evil.example/y.png) |`,
  "",
  "```__proto__",
  html,
  "```",
].join("\n");

/** Longer than this and a person calls it frozen. The machine of the tests is shared, so it is generous. */
const frozenMs = 2500;

const huge: readonly (readonly [name: string, text: string])[] = [
  ["one line of a megabyte", "x".repeat(1_000_000)],
  ["twenty thousand lines", "a line of text\n".repeat(20_000)],
  ["a pile of marks", `e${"\u0301".repeat(100_000)}`],
  ["a great many quotes in one another", `${">".repeat(50_000)} deep`],
  ["lists in lists in lists", Array.from({ length: 400 }, (_, i) => `${" ".repeat(i * 2)}- x`).join("\n")],
  ["brackets without an end", "[".repeat(20_000)],
  ["brackets and words", "[a](".repeat(10_000)],
  ["emphasis without an end", "*a _b ".repeat(20_000)],
  ["backquotes of growing length", Array.from({ length: 600 }, (_, i) => "`".repeat(i)).join(" a ")],
  ["a table of two thousand rows", `| a | b |\n|---|---|\n${"| 1 | 2 |\n".repeat(2000)}`],
  ["five thousand lines of code", `\`\`\`ts\n${"const a = /(a+)+$/.test('aaaa');\n".repeat(5000)}\n\`\`\``],
];

needsChromium("hostile content", () => {
  const browser = sharedBrowser();
  let stage: Scripted;
  const elsewhere: string[] = [];
  afterEach(async () => {
    const { page, complaints } = stage;
    expect(complaints.take()).toEqual([]);
    expect(await page.evaluate(harm)).toEqual([]);
    expect(elsewhere).toEqual([]);
    const longest = await page.evaluate(() => window.longestTask);
    console.log(`the longest task took ${Math.round(longest)} ms`);
    expect(longest).toBeLessThan(frozenMs);
    await page.context().close();
  });

  async function open(one: Worker, messages: readonly Message[], answers: Partial<Team> = {}): Promise<Page> {
    stage = await openScripted(browser(), {});
    const { page } = stage;
    const own = new URL(page.url()).origin;
    page.on("request", (request) => {
      if (!request.url().startsWith(own)) elsewhere.push(request.url());
    });
    await page.evaluate(watchTasks);
    stage.answers({ ...told({ [one.id]: messages }), ...answers });
    stage.becomes(teamOf(one));
    await page.locator("button.row").click();
    return page;
  }

  test("in names, paths, branches, problems and reasons is inert text", async () => {
    const one = worker(`${html}${turned}`, {
      cwd: `/tmp/${html}/${turned}`,
      repo: null,
      branch: `${turned}${ansi}`,
      model: html,
      activity: html,
      problem: { is: "api_error", text: `${html}${turned}${ansi}`, at: 0 },
      why: [{ signal: "screen", says: `${html}${turned}`, at: 0, agrees: false }],
      lastReply: { messageId: "m", text: markdown, at: 0 },
    });
    const page = await open(one, []);
    await see(page.getByRole("heading", { level: 2 }).last()).toContainText("safe\\u{202e}txt.exe");
    await page.getByText("why?").click();
    await see(page.getByText("from before")).toBeVisible();
    expect(await page.locator("body").innerText()).not.toContain("\u202e");
  });

  test("in what was said: no address but https leads anywhere, nothing is fetched, nothing is turned around", async () => {
    const page = await open(worker("victim"), [
      aPrompt(0, `${html}${turned}${ansi}`),
      aMessage(1, { text: markdown, thinking: html, problem: { is: "api_error", text: html, at: 0 } }),
      aMessage(2, { role: "notice", notice: "command", text: `${html}${ansi}` }),
      aMessage(3, {
        tools: [
          aTool(html, `${html}${ansi}`, { command: html }, { result: `${html}${ansi}`, id: "a" }),
          aTool("Edit", turned, { file_path: turned, old_string: html, new_string: turned }, { id: "b" }),
          aTool("Bash", "ls", { command: ansi }, { result: `${ansi}${turned}`, id: "c" }),
        ],
      }),
    ]);
    await see(page.getByRole("log")).toContainText("pixel");
    for (const summary of await page.locator(".tool summary").all()) await summary.click();
    await see(page.getByText("red click")).toHaveCount(6);
    const links = await page.locator("article a").evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
    expect(links).toEqual(["https://evil.example/auto", "https://evil.example/"]);
    await see(page.getByRole("link", { name: "https://good.example (evil.example)" })).toHaveAttribute(
      "target",
      "_blank",
    );
    expect(await page.locator("article.worker").innerText()).not.toContain("\u202e");
  });

  test("in what is refused: the words of an error are words", async () => {
    const refused = new TeamError("DRAFT_PRESENT", `${html}${turned}${ansi} stands in its input box`);
    const page = await open(worker("victim"), [], { send: () => Promise.reject(refused) });
    await page.locator(".composer textarea").fill("hello");
    await page.keyboard.press("Enter");
    await see(page.getByRole("alert").filter({ hasText: "stands in its input box" })).toContainText("\\u{202e}txt.exe");
    expect(await page.locator("body").innerText()).not.toContain("\u202e");
  });

  test("does not freeze the page, said, asked and returned by a tool", async () => {
    const victims = huge.map(([name]) => worker(name));
    const histories = huge.map(([, text], i) => [
      victims[i]?.id,
      [
        aPrompt(0, text),
        aMessage(1, {
          text,
          tools: [aTool("Write", "a.ts", { file_path: "a.ts", content: text.slice(0, 4000) }, { result: text })],
        }),
        aMessage(2, { text: `after ${huge[i]?.[0]}` }),
      ],
    ]);
    const page = await open(worker("harmless"), []);
    stage.answers(told(Object.fromEntries(histories)));
    stage.becomes(teamOf(...victims));
    for (const [place, [name]] of huge.entries()) {
      await page.locator(`[data-worker="${victims[place]?.id}"]`).click();
      await see(page.locator(".utterance").last()).toContainText(`after ${name}`);
      await page.locator(".tool summary").last().click();
      const field = page.locator(".composer textarea");
      await field.pressSequentially("ok");
      await see(field).toHaveValue("ok");
    }
  });

  test("in requests: it is shown, and what would turn it around is written out", async () => {
    const requests = [
      permission({ tool: html, title: `${html}${turned}`, detail: `${html}\n${turned}\n${ansi}` }),
      permission({ tool: "Write", title: "Write /x", detail: `/x${turned}\n+ ${html}\n+ ${turned}` }),
      permission({ tool: "ExitPlanMode", title: "", detail: markdown }),
      permission({
        kind: "question",
        questions: [
          { question: html, header: turned, multiSelect: false, options: [{ label: html, description: turned }] },
        ],
      }),
      permission({ kind: "dialog", dialog: "unknown", detail: `${html}${ansi}` }),
    ];
    const page = await open(worker("victim", { phase: { is: "asking", requests } }), []);
    await see(page.locator(".request")).toHaveCount(5);
    expect(await page.locator(".requests").innerText()).not.toContain("\u202e");
  });

  test("on a screen: cells stay in their places", async () => {
    const lines = [html, `${turned}|`, "א ב ג|", "\u202e\u202e\u202e", "x".repeat(5000), `${"漢".repeat(40)}|`];
    const page = await open(worker("victim"), [], {
      screen: async ({ after }) => (after === undefined ? aScreen(lines) : new Promise(() => {})),
    });
    await page.getByRole("tab", { name: "Terminal" }).click();
    await see(page.getByRole("region", { name: /^Screen of/ })).toContainText("onerror");
    const [first, second] = await page.locator(".screen-row").nth(2).locator("span span").all();
    const [left, right] = [await first?.boundingBox(), await second?.boundingBox()];
    expect(left?.x).toBeLessThan(right?.x ?? 0);
  });
});

declare global {
  interface Window {
    longestTask: number;
  }
}

/** Runs inside the page. */
const watchTasks = () => {
  window.longestTask = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longestTask = Math.max(window.longestTask, duration);
  }).observe({ type: "longtask" });
};

/** Runs inside the page: whatever foreign content must never become. */
const harm = () => {
  const found = [
    ...document.querySelectorAll(
      "img, script[src*=evil], iframe, object, embed, base, meta[http-equiv], form[action], article style",
    ),
  ];
  const addresses = [...document.querySelectorAll("a")].filter(({ href }) => !href.startsWith("https://"));
  const owned = (window as { owned?: unknown }).owned === undefined ? [] : ["it ran"];
  return [...found, ...addresses].map(({ outerHTML }) => outerHTML.slice(0, 100)).concat(owned);
};
