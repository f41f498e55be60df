import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export interface Person {
  readonly folder: string;
  /** Of claude-team. */
  readonly home: string;
  readonly project: string;
  readonly env: NodeJS.ProcessEnv;
  remove(): Promise<void>;
}

const cli = resolve(import.meta.dirname, "../../dist/main/cli.js");

/** A person's folder with our scripted Claude in it, and the environment that leads there. */
export async function createPerson(): Promise<Person> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "built-app-")));
  const [home, project] = [join(folder, "team"), join(folder, "shop")];
  await mkdir(home, { mode: 0o700 });
  await mkdir(project);
  await writeFile(join(home, "settings.json"), JSON.stringify({ port: 0, terminal: "pty" }), {
    mode: 0o600,
  });
  const claude = join(folder, "claude");
  await writeFile(claude, `#!/bin/sh\nexec "${process.execPath}" "${cli}" fake-claude "$@"\n`);
  await chmod(claude, 0o700);
  const env = {
    PATH: process.env.PATH,
    ...{ HOME: folder, CLAUDE_TEAM_HOME: home, CLAUDE_TEAM_CLAUDE: claude, CLAUDE_CONFIG_DIR: join(folder, "config") },
  };
  return { folder, home, project, env, remove: () => rm(folder, { recursive: true, force: true }) };
}
