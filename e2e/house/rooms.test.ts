import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** Which room may import what: rooms by their path, `node:` for Node's own modules, packages by name. */
const mayImport: Record<string, readonly string[]> = {
  contract: ["zod"],
  "main/main.ts": ["main/electron", "main/house.ts", "main/home", "main/cli/talk.ts", "node:"],
  "main/cli.ts": ["main/cli", "node:"],
  "main/house.ts": ["contract", "main", "node:"],
  "main/open-terminals.ts": ["contract", "main", "node:"],
  "main/closing.ts": [],
  "main/words": [],
  "main/version.ts": ["package.json"],
  "main/team": [
    "contract",
    "main/terminal/terminal.ts",
    "main/terminal/failures.ts",
    "main/terminal/paste.ts",
    "main/transcript/transcript.ts",
    "main/journal",
    "main/words",
    "node:crypto",
    "node:path/posix",
    "node:util",
    "zod",
  ],
  "main/journal": ["contract", "main/home", "node:", "zod"],
  "main/terminal": ["contract", "node:"],
  "main/terminal/emulator": ["contract", "node:", "@xterm/"],
  "main/terminal/process": ["contract", "main/terminal", "node:"],
  "main/terminal/pty": ["contract", "main/terminal", "node:", "@lydell/node-pty"],
  "main/terminal/tmux": ["contract", "main/terminal", "node:"],
  "main/terminal/iterm2": ["contract", "main/terminal", "node:", "@bufbuild/protobuf", "ws"],
  "main/claude": ["contract", "main/team/ports.ts", "main/terminal/terminal.ts", "node:", "zod"],
  "main/transcript": ["contract", "node:"],
  "main/mcp": ["contract", "main/words", "main/team/commands.ts", "zod", "@modelcontextprotocol/"],
  "main/http": ["contract", "main/page", "node:", "@modelcontextprotocol/", "ws"],
  "main/page": ["node:"],
  "main/bridge": ["contract", "main/team/commands.ts", "main/team/store.ts", "zod"],
  "main/electron": ["contract", "electron", "electron-updater", "main/bridge", "main/house.ts", "main/page", "node:"],
  "main/demo": ["contract", "node:"],
  "main/cli": [
    "contract",
    "main/house.ts",
    "main/words",
    "main/version.ts",
    "main/checks",
    "main/claude",
    "main/demo",
    "main/home",
    "main/terminal/iterm2",
    "main/terminal/tmux",
    "node:",
    "zod",
    "@modelcontextprotocol/",
  ],
  "main/checks": ["contract", "main/claude", "main/home", "node:"],
  "main/premises": [
    "contract",
    "main/checks",
    "main/git",
    "main/home",
    "main/journal",
    "main/team/premises.ts",
    "main/team/store.ts",
    "node:",
  ],
  "main/git": ["contract", "node:"],
  "main/home": ["contract", "node:", "zod"],
  preload: ["electron"],
  renderer: ["contract", "react", "react-dom", "react-markdown", "shiki", "virtua", "zustand"],
  e2e: [
    "contract",
    "main",
    "preload",
    "renderer",
    "bench",
    "node:",
    "vitest",
    "playwright",
    "@axe-core/playwright",
    "fast-check",
    "pixelmatch",
    "pngjs",
    "ws",
    "zod",
    "@modelcontextprotocol/",
    "@xterm/",
  ],
  bench: [
    "contract",
    "main",
    "e2e",
    "node:",
    "@bufbuild/protobuf",
    "@modelcontextprotocol/",
    "@lydell/node-pty",
    "@xterm/",
    "playwright",
    "ws",
  ],
};

/** What main's rooms may take from contract at run time is free; the renderer takes only what needs no zod. */
const rendererValues = ["contract/reduce.ts", "contract/error.ts", "contract/rule-words.ts"];

const files = ["contract", "main", "preload", "renderer", "e2e", "bench"].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
);
const isGenerated = (file: string) => file.endsWith("_pb.ts");
const isTest = (file: string) => /(\.(test|spec)\.tsx?|(^|\/)test-kit\.ts)$/.test(file) || file.startsWith("e2e/");

/** The longest named place that holds this file. */
function roomOf(file: string): string | undefined {
  const rooms = Object.keys(mayImport).filter((room) => file === room || file.startsWith(`${room}/`));
  return rooms.sort((a, b) => b.length - a.length)[0];
}

function importsOf(file: string): { target: string; typeOnly: boolean }[] {
  const source = readFileSync(join(root, file), "utf8");
  const found = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^"';]*?from\s+"([^"]+)"|import(?:\s+|\s*\(\s*)"([^"]+)"/g,
  );
  return [...found].map(([, type, from, bare]) => {
    const spec = from ?? bare ?? "";
    return { target: spec.startsWith(".") ? join(dirname(file), spec) : spec, typeOnly: Boolean(type) };
  });
}

const within = (target: string, allowed: string) =>
  target === allowed || target.startsWith(allowed.endsWith(":") || allowed.endsWith("/") ? allowed : `${allowed}/`);

describe("rooms", () => {
  test("every file stands in a room that the table names", () => {
    expect(files.filter((file) => !roomOf(file))).toEqual([]);
  });

  test("every room imports only what the table allows it", () => {
    const wrong = files
      .filter((file) => !isTest(file))
      .flatMap((file) => {
        const room = roomOf(file) as string;
        const allowed = [room, ...(mayImport[room] ?? [])];
        return importsOf(file)
          .filter(({ target }) => !allowed.some((place) => within(target, place)))
          .map(({ target }) => `${file} → ${target}`);
      });
    expect(wrong).toEqual([]);
  });

  test("the renderer takes types and pure folds from contract, never zod's schemas", () => {
    const wrong = files
      .filter((file) => file.startsWith("renderer/") && !isTest(file))
      .flatMap((file) =>
        importsOf(file)
          .filter(
            ({ target, typeOnly }) => target.startsWith("contract/") && !typeOnly && !rendererValues.includes(target),
          )
          .map(({ target }) => `${file} → ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  test("nothing imports in a circle, not even types", () => {
    const edges = new Map(files.map((file) => [file, importsOf(file).map(({ target }) => target)]));
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      if (path.includes(file) || done.has(file)) return;
      for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });
});

describe("size and names", () => {
  test("no file is over 300 lines", () => {
    const long = files
      .filter((file) => !isGenerated(file))
      .map((file) => `${readFileSync(join(root, file), "utf8").split("\n").length - 1} ${file}`);
    expect(long.filter((row) => Number.parseInt(row, 10) > 300)).toEqual([]);
  });

  test("folders are at most three deep, and no file is a drawer for everything", () => {
    expect(files.filter((file) => dirname(file).split("/").length > 3 && !isGenerated(file))).toEqual([]);
    expect(
      files.filter((file) => /(^|[/-])(utils?|helpers?|service|common|misc|index|[a-z]+-manager)\.tsx?$/.test(file)),
    ).toEqual([]);
  });
});
