import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Ask } from "../../contract/observation.ts";
import type { Rule } from "../../contract/rule.ts";
import { faultOf, ruleFor, rulesFor } from "./rule.ts";

const cwd = "/home/ana/shop";
const plain = (path: string): string | undefined => path;

const ask = (tool: string, input: unknown, over: Partial<Ask> = {}): Ask =>
  ({ request: "r", tool, input, agent: null, cwd, kind: "permission", title: "t", detail: "d", ...over }) as Ask;
const bash = (command: string, more = {}) => ask("Bash", { command, description: "says what it likes", ...more });
const rule = (tool: string, match: Rule["match"]): Rule => ({ tool, cwd, match });
const prefix = (words: string) => rule("Bash", { is: "prefix", prefix: words });
const exactly = (input: Record<string, unknown>) => rule("Bash", { is: "exact", input });
const folder = (tool: string, path: string) => rule(tool, { is: "folder", folder: path });
const answers = (one: Rule, asked: Ask, realPath = plain) => ruleFor(asked, [one], realPath) === one;

describe("a beginning of a command", () => {
  test.each([
    ["git status", true],
    ["git status --short", true],
    ["git status -- src/a_b.ts", true],
    ["git status  src", true],
    ["git statusx", false],
    ["git stat", false],
    [" git status", false],
    ["GIT_DIR=/x git status", false],
    ["git status; rm -rf /", false],
    ["git status ; rm", false],
    ["git status && rm x", false],
    ["git status || rm x", false],
    ["git status & rm x", false],
    ["git status | sh", false],
    ["git status > /etc/passwd", false],
    ["git status < /etc/passwd", false],
    ["git status $(rm x)", false],
    ["git status `rm x`", false],
    ["git status $HOME", false],
    ["git status *.ts", false],
    ["git status a?b", false],
    ["git status [ab]", false],
    ["git status {a,b}", false],
    ["git status ~/x", false],
    ["git status !x", false],
    ["git status #x", false],
    ["git status 'x'", false],
    ['git status "x"', false],
    ["git status \\\nrm", false],
    ["git status\nrm x", false],
    ["git status\trm", false],
    ["git status\r", false],
    ["git status\0", false],
    ["git status ", false],
    ["git status\u00a0rm", false],
    ["git status \u202efr", false],
  ])("`git status` and %j: %s", (command, expected) => {
    expect(answers(prefix("git status"), bash(command))).toBe(expected);
  });

  test("never lets through a command in which a shell sees anything but words", () => {
    const special = fc.constantFrom(..."|&;<>()$`\\\"'*?[]#~!{}^%\n\r\t\0\u00a0\u2028é".split(""));
    const word = fc.stringMatching(/^[\w.,/:@+=-]{0,8}$/);
    fc.assert(
      fc.property(word, special, word, fc.boolean(), (before, bad, after, apart) => {
        const command = `npm test${apart ? " " : ""}${before}${bad}${after}`;
        expect(answers(prefix("npm test"), bash(command))).toBe(false);
      }),
    );
  });

  test("lets through its own words and more, whatever they are", () => {
    const word = fc.stringMatching(/^[\w.,/:@+=-]{1,8}$/);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (words) => {
        expect(answers(prefix("npm test"), bash(["npm test", ...words].join(" ")))).toBe(true);
      }),
    );
  });

  test.each(["run_in_background", "dangerouslyDisableSandbox", "something_new"])("does not count with %s", (flag) => {
    expect(answers(prefix("git status"), bash("git status", { [flag]: true }))).toBe(false);
    expect(answers(prefix("git status"), bash("git status", { [flag]: false }))).toBe(true);
  });

  test.each([
    ["Bash", "git status; ls"],
    ["Bash", "git  status"],
    ["Bash", "git status "],
    ["Bash", "A=1 git"],
    ["Bash", "sudo ls"],
    ["Bash", "/usr/bin/env ls"],
    ["Bash", "bash -c"],
    ["Bash", "find ."],
    ["Bash", "Sudo ls"],
    ["Bash", "python3.12 -m"],
    ["Bash", "/usr/local/bin/python3.12"],
    ["Bash", "claude -p"],
    ["Bash", "claude-team answer"],
    ["Bash", "docker run"],
    ["Bash", "npm exec"],
    ["Bash", "npm run"],
    ["Bash", "uv run python"],
    ["Bash", "poetry run -q"],
    ["Bash", "git"],
    ["Read", "git status"],
  ])("of %s may not be %j", (tool, words) => {
    const bad = rule(tool, { is: "prefix", prefix: words });
    expect(faultOf(bad)).not.toBeNull();
    expect(answers(bad, ask(tool, { command: words }))).toBe(false);
  });
});

describe("an exact rule", () => {
  test("answers the same command in the same words only, whatever its description says", () => {
    const one = exactly({ command: "make; make install" });
    expect(answers(one, bash("make; make install"))).toBe(true);
    expect(answers(one, bash("make; make install", { timeout: 5000 }))).toBe(true);
    expect(answers(one, bash("make; make install "))).toBe(false);
    expect(answers(one, bash("make; make install", { run_in_background: true }))).toBe(false);
    expect(answers(one, bash("make; make install", { dangerouslyDisableSandbox: true }))).toBe(false);
  });

  test("of any other tool compares all of its input", () => {
    const fetch = rule("WebFetch", { is: "exact", input: { url: "https://a.example", prompt: "p" } });
    expect(answers(fetch, ask("WebFetch", { prompt: "p", url: "https://a.example" }))).toBe(true);
    expect(answers(fetch, ask("WebFetch", { url: "https://a.example", prompt: "q" }))).toBe(false);
    expect(answers(fetch, ask("WebFetch", { url: "https://a.example", prompt: "p", more: 1 }))).toBe(false);
  });
});

describe("a folder", () => {
  const src = folder("Edit", `${cwd}/src`);
  test.each([
    [`${cwd}/src/a.ts`, true],
    [`${cwd}/src/deep/er/a.ts`, true],
    [`${cwd}/src`, false],
    [`${cwd}/srcs/a.ts`, false],
    [`${cwd}/src/../.env`, false],
    [`${cwd}/src/./a.ts`, false],
    ["src/a.ts", false],
    [`${cwd}/src/.git/hooks/post-commit`, false],
    [`${cwd}/src/.claude/settings.json`, false],
    [`${cwd}/src/.env`, false],
    ["/etc/passwd", false],
    ["", false],
    // Whoever opens it may trim it or compose its letters first, and then finds another file, which may be a link.
    [`${cwd}/src/a.ts `, false],
    [`${cwd}/src/a.ts\u00a0`, false],
    [`${cwd}/src/cafe\u0301.ts`, false],
    [`${cwd}/src/caf\u00e9.ts`, true],
    // Some disks leave out what cannot be seen.
    [`${cwd}/src/\u200c.git/hooks/post-commit`, false],
  ])("holds %j: %s", (file_path, expected) => {
    expect(answers(src, ask("Edit", { file_path, old_string: "a", new_string: "b" }))).toBe(expected);
  });

  test("does not hold what a link leads out of it, nor what cannot be told", () => {
    const edit = ask("Edit", { file_path: `${cwd}/src/link/a.ts` });
    expect(answers(src, edit, (path) => path.replace("/src/link", "/.ssh"))).toBe(false);
    expect(answers(src, edit, () => undefined)).toBe(false);
    expect(answers(src, edit, (path) => (path === `${cwd}/src` ? "/elsewhere" : path))).toBe(false);
  });

  test("is of one tool, and one that names a file", () => {
    expect(answers(src, ask("Write", { file_path: `${cwd}/src/a.ts` }))).toBe(false);
    expect(faultOf(folder("Bash", cwd))).not.toBeNull();
    expect(faultOf(folder("Edit", "/"))).not.toBeNull();
    expect(faultOf(folder("Edit", `${cwd}/`))).not.toBeNull();
    expect(faultOf(folder("NotebookEdit", cwd))).toBeNull();
  });
});

describe("no rule answers", () => {
  test("in another directory, or when Claude does not say where it is", () => {
    for (const where of ["/home/ana", `${cwd}/sub`, null]) {
      expect(answers(prefix("git status"), ask("Bash", { command: "git status" }, { cwd: where }))).toBe(false);
    }
  });

  test("a plan or a question, even one that names exactly that", () => {
    const plan = { plan: "p" };
    expect(answers(rule("ExitPlanMode", { is: "exact", input: plan }), ask("ExitPlanMode", plan))).toBe(false);
    const questions = ask("AskUserQuestion", { questions: [] }, { kind: "question", questions: [] } as Partial<Ask>);
    expect(answers(rule("AskUserQuestion", { is: "exact", input: { questions: [] } }), questions)).toBe(false);
  });

  test("whatever is no object", () => {
    for (const input of [null, "git status", ["git status"], undefined, { command: 5 }])
      expect(answers(prefix("git status"), ask("Bash", input))).toBe(false);
  });
});

describe("the rules that are offered", () => {
  test.each([
    ["npm test -- --watch", ["npm test"]],
    ["ls -la", ["ls"]],
    ["npm run build --silent", ["npm run build"]],
    ["bundle exec rake test", ["bundle exec rake"]],
    ["uv run python3.12 x.py", []],
    ["python3.12 -m pytest", []],
    ["git -C sub status", []],
    ["make", []],
    ["npm test && rm x", []],
    ["bash build.sh", []],
    ["X=1 make all", []],
  ])("for %j begin with it exactly, then %j", (command, prefixes) => {
    const [first, ...wider] = rulesFor(bash(command), plain);
    expect(first).toEqual(exactly({ command }));
    expect(wider).toEqual(prefixes.map(prefix));
  });

  test("for a file are its folder and the whole directory", () => {
    const edit = ask("Edit", { file_path: `${cwd}/src/a.ts`, old_string: "a", new_string: "b" });
    const folders = rulesFor(edit, plain).flatMap(({ match }) => (match.is === "folder" ? [match.folder] : []));
    expect(folders).toEqual([`${cwd}/src`, cwd]);
  });

  test("would each have answered the request; for a plan there are none", () => {
    expect(rulesFor(ask("ExitPlanMode", { plan: "p" }), plain)).toEqual([]);
    fc.assert(
      fc.property(fc.string(), (command) => {
        const asked = bash(command);
        for (const one of rulesFor(asked, plain)) expect(answers(one, asked)).toBe(true);
      }),
    );
  });
});
