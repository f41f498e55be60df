import { readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Plays `claude mcp add-json NAME JSON` and `claude mcp remove NAME` of Claude Code 2.1.330 in the user's scope, whatever scope is
 * named. `words`: all after `mcp`. Returns the exit code and what it says.
 */
export function runMcpCommand(words: readonly string[], env: NodeJS.ProcessEnv): { code: number; says: string } {
  const [verb, name = "", json = ""] = words;
  const file = join(env.CLAUDE_CONFIG_DIR || homedir(), ".claude.json");
  const config = read(file);
  const { [name]: known, ...others } = config.mcpServers ?? {};
  const write = (mcpServers: Servers) =>
    writeFileSync(file, JSON.stringify({ ...config, mcpServers }), { mode: 0o600 });
  if (verb === "add-json" && known === undefined) {
    write({ ...others, [name]: JSON.parse(json) });
    return { code: 0, says: `Added http MCP server ${name} to user config` };
  }
  if (verb === "remove" && known !== undefined) {
    write(others);
    return { code: 0, says: `Removed MCP server ${name} from user config` };
  }
  return { code: 1, says: `The demo's Claude cannot do this: mcp ${words.join(" ")}` };
}

type Servers = Readonly<Record<string, unknown>>;

function read(file: string): { mcpServers?: Servers } {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {}; // it never ran here
  }
}
