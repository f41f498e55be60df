import { TeamError } from "../../contract/error.ts";
import { createFinder } from "../claude/find.ts";
import { type Finding, good, missing, note } from "./finding.ts";

/** The version of Claude Code that everything was measured and tested with. */
const testedVersion = "2.1.330";

/** Which Claude Code would be started, and whether it runs. `setting` is what settings.json names. */
export async function checkClaude(env: NodeJS.ProcessEnv, setting: string | null): Promise<Finding> {
  const finder = createFinder({ env, setting: () => setting });
  try {
    const { binary, from } = await finder.binary();
    const version = await finder.version(binary);
    if (version === null) return missing(`${binary} (${from}) does not run`, `try it: ${binary} --version`);
    const fact = `${version} at ${binary} (${from})`;
    if (version === testedVersion) return good(fact);
    return note(
      `${fact}; tested with ${testedVersion}`,
      `if something is odd, try ${testedVersion}: npm install -g @anthropic-ai/claude-code@${testedVersion}`,
    );
  } catch (cause) {
    const fact = cause instanceof TeamError ? cause.message : String(cause);
    return missing(fact, "install Claude Code (https://code.claude.com), or set CLAUDE_TEAM_CLAUDE to its binary");
  }
}
