import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { entryFor } from "../checks/mcp-entry.ts";
import { shellWord } from "../checks/shell-word.ts";
import { demoPrompts } from "../demo/scenes.ts";
import { chooseHome, homePaths } from "../home/paths.ts";
import type { House } from "../house.ts";
import { portOf } from "./args.ts";
import { showInBrowser } from "./browser.ts";
import { type Command, exit } from "./command.ts";
import { type Doors, runHouse } from "./run-house.ts";
import { needServer } from "./talk.ts";
import type { World } from "./world.ts";

const entryName = "claude-team-demo";

/** Everything at work with a scripted Claude, in a folder of its own that goes with it: no account, nothing of the person's touched. */
export const demo: Command = async ({ flags }, world) => {
  const folder = await mkdtemp(join(tmpdir(), "claude-team-demo-"));
  try {
    const { env, project } = await prepare(folder, world);
    const dir = chooseHome(join(folder, "home"), {}, folder);
    const order = { dir, port: portOf(flags) ?? 0, terminal: "pty" as const, env };
    await runHouse(order, world, async (doors, house) => {
      if (house) await spawnAll(house, project);
      const panel = await (await needServer(doors.home)).open();
      if (flags.open) await showInBrowser(panel, world.env);
      world.out(flags.json ? `${JSON.stringify({ ...doors, panel })}\n` : readyText(panel, doors));
    });
    return exit.done;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** A `claude` that is this program, and a configuration folder for it. */
async function prepare(folder: string, { self, env }: World): Promise<{ env: NodeJS.ProcessEnv; project: string }> {
  const project = join(folder, "project");
  const config = join(folder, "config");
  for (const path of [project, config]) await mkdir(path);
  const claude = join(folder, "claude");
  await writeFile(claude, `#!/bin/sh\nexec ${self.map(shellWord).join(" ")} fake-claude "$@"\n`);
  await chmod(claude, 0o700);
  return {
    env: { ...env, CLAUDE_TEAM_CLAUDE: claude, CLAUDE_CONFIG_DIR: config, CLAUDE_TEAM_ENTRY: entryName },
    project,
  };
}

async function spawnAll({ team }: House, project: string): Promise<void> {
  for (const { name, prompt } of demoPrompts) await team.spawn({ cwd: project, name, prompt }, "person");
}

function readyText(panel: string, { url, home }: Doors): string {
  const entry = JSON.stringify(entryFor(Number(new URL(url).port), homePaths(home)));
  return `A team with a scripted Claude: no account, no network, and nothing of yours is touched.
  Panel  ${panel}
         (good once, for a minute; later: claude-team open --home ${home})
  MCP    ${url}
To lead it from Claude Code, and to forget it again:
  claude mcp add-json ${entryName} ${shellWord(entry)}
  claude mcp remove ${entryName}
Ctrl-C ends it.
`;
}
