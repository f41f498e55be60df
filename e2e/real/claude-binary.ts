import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The one release that the tests know; contract and recordings are of it. */
const claudeVersion = "2.1.330";

/** `@anthropic-ai/claude-code-linux-x64`, …: each platform's package holds the binary itself, which needs no Node. */
function platformPackage(): string {
  const musl = process.platform === "linux" && !hasGlibc() ? "-musl" : "";
  return `@anthropic-ai/claude-code-${process.platform}-${process.arch}${musl}`;
}

function hasGlibc(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime !== undefined;
}

const cacheFolder = () =>
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "claude-team", `claude-code-${claudeVersion}`);
const binaryIn = (folder: string) => join(folder, "node_modules", platformPackage(), "claude");

/**
 * The path of the real Claude Code: CLAUDE_TEAM_TEST_CLAUDE, else the cache, else fetched from npm into the cache (once,
 * about 380 MB). Rejects with an Error that says what is missing and how to get it.
 */
export async function provideClaude(tell: (line: string) => void): Promise<string> {
  const named = process.env.CLAUDE_TEAM_TEST_CLAUDE;
  if (named) return checked(named);
  const folder = cacheFolder();
  if (!existsSync(binaryIn(folder))) {
    tell(`fetching Claude Code ${claudeVersion} into ${folder} (about 380 MB, once)`);
    await fetchInto(folder);
  }
  return checked(binaryIn(folder));
}

/** Installs beside the folder and moves it there whole, so that a half fetched one is never used. */
async function fetchInto(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const half = await mkdtemp(`${folder}.half-`);
  try {
    const wanted = `${platformPackage()}@${claudeVersion}`;
    await run("npm", ["install", "--prefix", half, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", wanted]);
    await rename(half, folder).catch((cause) => {
      // Another run was faster.
      if (!existsSync(binaryIn(folder))) throw cause;
    });
  } catch (cause) {
    throw new Error(`Claude Code ${claudeVersion} is missing and could not be fetched. ${remedy()}`, { cause });
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

const remedy = () =>
  `Go online and run the tests again, or run \`npm install --prefix ${cacheFolder()} ${platformPackage()}@${claudeVersion}\`, ` +
  `or set CLAUDE_TEAM_TEST_CLAUDE to a claude binary of ${claudeVersion}.`;

async function checked(path: string): Promise<string> {
  const version = await run(path, ["--version"]).then(
    ({ stdout }) => stdout.trim(),
    (cause: Error) => `not runnable (${cause.message})`,
  );
  if (version.startsWith(`${claudeVersion} `)) return path;
  throw new Error(`${path} is ${version}, but the tests need Claude Code ${claudeVersion}. ${remedy()}`);
}
