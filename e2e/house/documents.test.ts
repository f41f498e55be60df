import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { advice } from "../../contract/error.ts";
import { settings } from "../../contract/settings.ts";
import { shapes } from "../../main/cli/args.ts";
import { tools } from "../../main/mcp/tools.ts";

const root = resolve(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const manifest: { scripts: object; dependencies: object; devDependencies: object } = JSON.parse(read("package.json"));
const readme = read("README.md");
const documents = [
  ...["README.md", "AGENTS.md", "CONTRIBUTING.md", "CHANGELOG.md"],
  ...readdirSync(join(root, "docs"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith(".md"))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
];

describe("documents say what is", () => {
  test.each(documents)("%s links to files that exist", (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = ""]) => link);
    expect(links.filter((link) => !existsSync(join(root, dirname(path), link)))).toEqual([]);
  });

  test.each(documents)("%s names files and folders that exist", (path) => {
    const tops = "main|renderer|contract|preload|e2e|bench|docs|assets";
    const named = [...read(path).matchAll(new RegExp(`\`((?:${tops})/[\\w./-]*)\``, "g"))].map(([, name = ""]) => name);
    expect(named.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });

  test.each(documents)("%s names error codes that exist", (path) => {
    const named = [...read(path).matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, name = ""]) => name);
    const variables = /^(CLAUDE_TEAM|CLAUDE_CONFIG|IT2|ITERM2)_/;
    expect(named.filter((name) => !(name in advice) && !variables.test(name))).toEqual([]);
  });

  test.each(documents)("%s names npm scripts that exist", (path) => {
    const named = [...read(path).matchAll(/npm run ([\w:]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
  });

  test.each(documents)("%s names commands of the CLI that exist", (path) => {
    const named = [...read(path).matchAll(/`(?:npx )?claude-team ([a-z]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !(name in shapes))).toEqual([]);
  });

  test("the README's table holds every tool of the MCP door, and no other", () => {
    const named = [...readme.matchAll(/^\| `(\w+_\w+)` +\|/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(tools.map(({ listing }) => listing.name).sort());
  });

  test("the README's table holds every setting with its default", () => {
    const fields = Object.keys(settings.shape);
    const table = readme.slice(readme.indexOf("### Settings"));
    const rows = [...table.matchAll(/^\| `([a-z]\w+)` +\| (.+?) +\|/gm)].filter(([, name = ""]) => !name.includes("_"));
    expect(rows.map(([, name]) => name).sort()).toEqual(fields.sort());
    const defaults: Record<string, unknown> = settings.parse({});
    for (const [, name = "", value = ""] of rows) {
      if (defaults[name] !== null)
        expect(value.replaceAll(/[`"]/g, "")).toBe(JSON.stringify(defaults[name]).replaceAll('"', ""));
    }
  });

  test("every dependency has its reason, and what we import its notice where it is bundled", () => {
    const reasons = read("docs/decisions/dependencies.md");
    const all = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(all.filter((name) => !reasons.includes(`\`${name}\``))).toEqual([]);
    const notices = read("THIRD-PARTY-NOTICES.md");
    const bundled = /## Bundled\n([\s\S]*?)\n## /.exec(reasons)?.[1] ?? "";
    const named = [...bundled.matchAll(/`([@\w/-]+)`/g)]
      .map(([, name = ""]) => name)
      .filter((name) => all.includes(name));
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !notices.includes(`- ${name} `))).toEqual([]);
  });

  test("docs/benchmarks.md says of every figure what it compares, and of no other", () => {
    const rows = [...read("docs/benchmarks.md").matchAll(/^\| (`.+?) \|/gm)].map(([, names = ""]) => names);
    const told = rows.flatMap((names) => [...names.matchAll(/`([\w.]+)`/g)].map(([, name]) => name));
    const metrics = [...read("bench/measures.ts").matchAll(/metrics: \[([^\]]+)\]/g)].map(([, names = ""]) => names);
    const made = metrics.flatMap((names) => [...names.matchAll(/"([\w.]+)"/g)].map(([, name]) => name));
    expect(made.length).toBeGreaterThan(30);
    expect(told.sort()).toEqual(made.sort());
  });

  test("AGENTS.md stays short enough to be read", () => {
    expect(read("AGENTS.md").trimEnd().split("\n").length).toBeLessThanOrEqual(80);
  });
});
