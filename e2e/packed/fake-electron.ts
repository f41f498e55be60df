import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What @electron/fuses looks for in a binary, and behind it version, count, and one sign a fuse: here as Electron ships them. */
export const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const asShipped = "101100011";
const wire = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, asShipped.length]), Buffer.from(asShipped)]);

/** An archive with an empty header. */
const emptyAsar = (() => {
  const header = '{"files":{}}';
  const sizes = [4, header.length + 8, header.length + 4, header.length];
  return Buffer.concat([Buffer.from(Uint32Array.from(sizes).buffer), Buffer.from(header)]);
})();

async function put(path: string, content: string | Buffer, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  await chmod(path, mode);
}

const binary = Buffer.concat([Buffer.from("\x7fELF not really "), wire]);

/** As much of Electron for Linux as electron-builder touches. */
export async function fakeLinuxElectron(folder: string, version: string): Promise<void> {
  await put(join(folder, "electron"), binary, 0o755);
  await put(join(folder, "version"), version);
  await put(join(folder, "resources/default_app.asar"), emptyAsar);
  for (const name of ["LICENSE", "LICENSES.chromium.html", "locales/en-US.pak", "locales/de.pak"])
    await put(join(folder, name), "");
}

/** As much of Electron.app. */
export async function fakeMacElectron(folder: string): Promise<void> {
  const app = join(folder, "Electron.app/Contents");
  await put(join(app, "Info.plist"), plist("Electron", "com.github.Electron"));
  await put(join(app, "MacOS/Electron"), "", 0o755);
  await put(join(app, "Resources/electron.icns"), "");
  await put(join(app, "Resources/default_app.asar"), emptyAsar);
  const framework = join(app, "Frameworks/Electron Framework.framework");
  await put(join(framework, "Electron Framework"), binary, 0o755);
  for (const language of ["en", "de"])
    await put(join(framework, `Versions/A/Resources/${language}.lproj/locale.pak`), "");
  for (const kind of ["", " (GPU)", " (Plugin)", " (Renderer)"]) {
    const name = `Electron Helper${kind}`;
    const helper = join(app, `Frameworks/${name}.app/Contents`);
    await put(join(helper, "Info.plist"), plist(name, "com.github.Electron.helper"));
    await put(join(helper, "MacOS", name), "", 0o755);
  }
}

function plist(name: string, id: string): string {
  const keys = { CFBundleName: name, CFBundleExecutable: name, CFBundleIdentifier: id, CFBundlePackageType: "APPL" };
  const entries = Object.entries(keys).map(([key, value]) => `<key>${key}</key><string>${value}</string>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict>${entries.join("")}</dict></plist>\n`;
}
