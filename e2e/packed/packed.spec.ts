import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Choices, type Packed, pack } from "./pack.ts";
import { type Archive, fusesOn, plistValue, readAsar } from "./read-packed.ts";

const terminal = "node_modules/@lydell/node-pty";

/** All that may be in the archive. */
const allowed = [
  /^(?:package\.json|LICENSE|THIRD-PARTY-NOTICES\.md)$/,
  /^assets\/tray(?:-asking|-template)?(?:@2x)?\.png$/,
  /^dist\/main\/[\w-]+\.js$/,
  /^dist\/preload\/preload\.cjs$/,
  /^dist\/renderer\/(?:index\.html|assets\/[\w.-]+\.(?:js|css|svg|png|woff2))$/,
  /^node_modules\/@lydell\/node-pty\/(?:LICENSE|package\.json|(?:shared\/)?\w+\.js)$/,
  /^node_modules\/@lydell\/node-pty-[\w-]+\/(?:package\.json|pty\.node|spawn-helper)$/,
];
const archiveMax = 15 * 1024 * 1024;
/** Of the command line, some small pieces share a chunk's name with nothing that could be told apart; large ones have no place here. */
const uselessMax = 100 * 1024;

interface Target extends Choices {
  /** The folder of what stands beside the archive, and the file with the fuses, below the app. */
  readonly resources: string;
  readonly binary: string;
  readonly native: string;
  /** What the system starts. */
  readonly program: string;
}

const targets: readonly Target[] = [
  {
    platform: "linux",
    arch: "x64",
    resources: "resources",
    binary: "claude-team",
    native: `${terminal}-linux-x64`,
    program: "claude-team",
  },
  {
    platform: "mac",
    arch: "arm64",
    resources: "Resources",
    binary: "Frameworks/Electron Framework.framework/Electron Framework",
    native: `${terminal}-darwin-arm64`,
    program: "MacOS/Claude Team",
  },
];

/** The bundled files that `entry` reaches by imports, at once or later. */
function reachable(entry: string, archive: Archive): Set<string> {
  const texts = new Map(archive.files.map(({ path, read }) => [path, read]));
  const found = new Set([entry]);
  for (const path of found) {
    const text = texts.get(path)?.() ?? "";
    for (const [, spec = ""] of text.matchAll(/(?:from|import)\s*\(?\s*["'](\.\/[\w-]+\.js)["']/g))
      found.add(join(dirname(path), spec));
  }
  return found;
}

describe.each(targets)("the packed app for $platform on $arch", (target) => {
  let packed: Packed;
  let archive: Archive;
  /** What only a Mac's app has is no test of the other one. */
  const onMac = (name: string, run: () => void | Promise<void>) => {
    if (target.platform === "mac") test(name, run);
  };
  const at = (...path: string[]) => join(packed.app, ...path);
  const paths = () => archive.files.map(({ path }) => path);
  const size = (path: string) => archive.files.find((file) => file.path === path)?.size ?? 0;

  beforeAll(async () => {
    packed = await pack(target);
    archive = readAsar(at(target.resources, "app.asar"));
  });
  afterAll(() => packed?.[Symbol.asyncDispose]());

  test("holds what is on the list, and no more", () => {
    expect(paths().filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([]);
    expect(statSync(at(target.resources, "app.asar")).size).toBeLessThan(archiveMax);
  });

  test("holds all that its entries need, and little else", () => {
    const manifest = JSON.parse(archive.files.find(({ path }) => path === "package.json")?.read() ?? "{}");
    const needed = reachable(manifest.main, archive);
    expect([...needed].filter((path) => !paths().includes(path))).toEqual([]);
    const useless = paths().filter((path) => path.startsWith("dist/main/") && !needed.has(path));
    expect(useless.reduce((sum, path) => sum + size(path), 0)).toBeLessThan(uselessMax);
    for (const path of ["dist/preload/preload.cjs", "dist/renderer/index.html", "LICENSE", "THIRD-PARTY-NOTICES.md"])
      expect(paths()).toContain(path);
    expect(manifest).not.toHaveProperty("scripts");
  });

  test("has each icon at both scales", () => {
    const icons = target.platform === "mac" ? ["tray-template"] : ["tray", "tray-asking"];
    for (const icon of icons)
      expect(paths()).toEqual(expect.arrayContaining([`assets/${icon}.png`, `assets/${icon}@2x.png`]));
  });

  test("keeps native code outside of the archive, for this machine only", () => {
    const native = archive.files.filter(({ path }) => /\.node$|spawn-helper$/.test(path));
    expect(native.every(({ path, unpacked }) => unpacked && path.startsWith(`${target.native}/`))).toBe(true);
    const unpacked = at(target.resources, "app.asar.unpacked", target.native);
    expect(readdirSync(unpacked)).toEqual(expect.arrayContaining(native.map(({ path }) => path.split("/").at(-1))));
    expect(native).toHaveLength(target.platform === "mac" ? 2 : 1);
  });

  test("has exactly the fuses on that it needs", () => {
    expect(fusesOn(at(target.binary))).toEqual(["asarIntegrity", "onlyAsar", "wasmTrapHandlers"]);
  });

  test("is a program that can be started", () => {
    expect(statSync(at(target.program)).mode & 0o111).toBe(0o111);
  });

  test("looks nowhere for updates, unless who packs it says where", () => {
    expect(readdirSync(at(target.resources))).not.toContain("app-update.yml");
  });

  onMac("has an executable helper, also where npm gave it no right to be", () => {
    const helper = at(target.resources, "app.asar.unpacked", target.native, "spawn-helper");
    expect(statSync(helper).mode & 0o111).toBe(0o111);
  });

  onMac("tells macOS what it is and what it wants", () => {
    const value = (key: string) => plistValue(at("Info.plist"), key)?.replace(/\s+/g, "");
    expect(value("LSUIElement")).toBe("<true/>");
    expect(value("CFBundleIdentifier")).toBe("<string>dev.claude-team.app</string>");
    expect(plistValue(at("Info.plist"), "NSAppleEventsUsageDescription")).toMatch(/iTerm2/);
    expect(value("NSAllowsArbitraryLoads")).toBe("<false/>");
    expect(value("NSAllowsLocalNetworking")).toBe("<true/>");
    expect(value("CFBundleURLSchemes")).toBe("<array><string>claude-team</string></array>");
    expect(value("LSApplicationCategoryType")).toBe("<string>public.app-category.developer-tools</string>");
    expect(readdirSync(at("Resources"))).toContain("icon.icns");
  });

  onMac("tells macOS the hash of the archive, so that another one is refused", () => {
    expect(plistValue(at("Info.plist"), "ElectronAsarIntegrity")).toContain(`<string>${archive.headerHash}</string>`);
  });
});

test("an app that could open no terminal is not packed", async () => {
  const packing = pack({ platform: "linux", arch: "arm64", withoutTerminal: true });
  await expect(packing).rejects.toThrow("@lydell/node-pty-linux-arm64 is not packed. Run npm install");
});

test("macOS's entitlements are the two that the app needs, and one for its helpers", () => {
  const keys = (file: string) =>
    [...readFileSync(join(import.meta.dirname, "../../assets", file), "utf8").matchAll(/<key>(.+)<\/key>/g)].map(
      ([, key]) => key,
    );
  const jit = "com.apple.security.cs.allow-jit";
  expect(keys("entitlements.mac.plist")).toEqual([jit, "com.apple.security.automation.apple-events"]);
  expect(keys("entitlements.mac.inherit.plist")).toEqual([jit]);
});
