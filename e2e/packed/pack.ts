import { execFile } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { fakeLinuxElectron, fakeMacElectron } from "./fake-electron.ts";

/** Only a Mac has codesign. */
const quiet = process.platform === "darwin" ? [] : ["electronFuses.resetAdHocDarwinSignature=false"];

const root = resolve(import.meta.dirname, "../..");

/** A folder with the packed app of one platform in `app`. */
export interface Packed extends AsyncDisposable {
  readonly app: string;
}

export interface Choices {
  readonly platform: "linux" | "mac";
  readonly arch: "x64" | "arm64";
  /** Without the terminal's native code for the target, as on a machine of another kind. */
  readonly withoutTerminal?: boolean;
}

/** Packs the built app as electron-builder.yml says, around an Electron of our own making: nothing is fetched, nothing is signed. */
export async function pack({ platform, arch, withoutTerminal = false }: Choices): Promise<Packed> {
  const dir = await mkdtemp(join(tmpdir(), `packed-${platform}-`));
  const project = join(dir, "project");
  const electron = join(dir, "electron");
  const version = await stage(project, withoutTerminal ? [] : [`${platform === "mac" ? "darwin" : "linux"}-${arch}`]);
  await (platform === "mac" ? fakeMacElectron(electron) : fakeLinuxElectron(electron, version));
  const options = [`--${platform}`, "dir", `--${arch}`, "--projectDir", project, "--publish", "never"];
  const settings = [
    `electronDist=${electron}`,
    `electronVersion=${version}`,
    "mac.identity=null",
    "mac.notarize=false",
    ...quiet,
  ];
  const builder = join(root, "node_modules/electron-builder/cli.js");
  const env = { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: "false", ELECTRON_BUILDER_OFFLINE: "true" };
  const command = [builder, ...options, ...settings.map((setting) => `-c.${setting}`)];
  try {
    await promisify(execFile)(process.execPath, command, { cwd: project, env });
  } catch (cause) {
    const { stdout = "", stderr = "" } = cause as { stdout?: string; stderr?: string };
    await rm(dir, { recursive: true });
    throw new Error(`electron-builder failed\n${stdout}\n${stderr}`, { cause });
  }
  const release = join(project, "release");
  const app =
    platform === "mac" ? join(release, `mac-${arch}`, "Claude Team.app/Contents") : join(release, "linux-unpacked");
  return { app, [Symbol.asyncDispose]: () => rm(dir, { recursive: true }) };
}

/** Copies what goes into the app, with terminals for these targets and for some that are of no use; tells Electron's version. */
async function stage(project: string, targets: readonly string[]): Promise<string> {
  const { devDependencies, ...manifest } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  await mkdir(project, { recursive: true });
  for (const part of ["dist", "assets", "electron-builder.yml", "LICENSE", "THIRD-PARTY-NOTICES.md"])
    await cp(join(root, part), join(project, part), { recursive: true });
  await writeFile(join(project, "package.json"), JSON.stringify(manifest));
  const modules = join(project, "node_modules/@lydell");
  await cp(join(root, "node_modules/@lydell/node-pty"), join(modules, "node-pty"), { recursive: true });
  for (const target of [...targets, "linux-armv7l", "win32-x64"]) await fakeTerminal(modules, target);
  return devDependencies.electron;
}

/** What npm would install for another machine. Its files come without the right to be executed, as some versions had them. */
async function fakeTerminal(modules: string, target: string): Promise<void> {
  const name = `node-pty-${target}`;
  const folder = join(modules, name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: `@lydell/${name}`, version: "1.1.0" }));
  for (const file of ["pty.node", ...(target.startsWith("darwin") ? ["spawn-helper"] : [])]) {
    await writeFile(join(folder, file), "");
    await chmod(join(folder, file), 0o644);
  }
}
