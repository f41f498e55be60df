import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** electron-builder's numbers for the processors we pack for. */
const processors = { 1: "x64", 3: "arm64" };

/** A hook of electron-builder: the packed app is there, and not signed yet. */
export function afterPack({ electronPlatformName: platform, arch, appOutDir, packager }) {
  const mac = platform === "darwin";
  const contents = mac ? join(appOutDir, `${packager.appInfo.productFilename}.app`, "Contents") : appOutDir;
  const resources = join(contents, mac ? "Resources" : "resources");
  checkTerminal(
    join(resources, "app.asar.unpacked/node_modules"),
    `@lydell/node-pty-${platform}-${processors[arch]}`,
    mac,
  );
  if (mac) denyPlainHttp(join(contents, "Info.plist"));
}

/**
 * npm installs native code for the machine it runs on only: an app for another one would start, and fail at its first worker.
 * The helper has to be executable, and cannot be made so in /Applications (microsoft/node-pty#850).
 */
function checkTerminal(modules, name, needsHelper) {
  const [binary, helper] = ["pty.node", "spawn-helper"].map((file) => join(modules, name, file));
  const missing = [binary, ...(needsHelper ? [helper] : [])].filter((file) => !existsSync(file));
  if (missing.length > 0)
    throw new Error(`${name} is not packed. Run npm install --no-save --force ${name}@1.1.0 and pack again.`);
  if (needsHelper) chmodSync(helper, 0o755);
}

/** electron-builder 26 sets this whatever mac.extendInfo says; only this computer is talked to over HTTP. */
function denyPlainHttp(path) {
  const before = readFileSync(path, "utf8");
  const after = before.replace(/(<key>NSAllowsArbitraryLoads<\/key>\s*)<true\/>/, "$1<false/>");
  if (after === before) throw new Error(`${path} has no NSAllowsArbitraryLoads to deny`);
  writeFileSync(path, after);
}
