import { withoutNpm } from "./without-npm.ts";

/** What one Claude session sets for its children (Claude Code 2.1.330, seen in `env` of its Bash tool and its hooks). */
const ofSurroundingClaude = [
  "AI_AGENT",
  "CLAUDECODE",
  "CLAUDE_CODE_CHILD_NOTES_DIR",
  "CLAUDE_CODE_CHILD_SESSION",
  "CLAUDE_CODE_ENTRYPOINT",
  "CLAUDE_CODE_EXECPATH",
  "CLAUDE_CODE_LAUNCHED_BY_SESSION_IDS",
  "CLAUDE_CODE_MESSAGING_SOCKET",
  "CLAUDE_CODE_MESSAGING_TOKEN",
  "CLAUDE_CODE_SESSION_ATTENDED",
  "CLAUDE_CODE_SESSION_ID",
  "CLAUDE_CODE_SSE_PORT",
  "CLAUDE_EFFORT",
  "CLAUDE_PID",
  "CLAUDE_PROJECT_DIR",
];

/** What tells of the terminal that we were started in; the worker lives in another one. */
const ofOurTerminal = [
  "COLUMNS",
  "ITERM_PROFILE",
  "ITERM_SESSION_ID",
  "KITTY_WINDOW_ID",
  "LC_TERMINAL",
  "LC_TERMINAL_VERSION",
  "LINES",
  "OLDPWD",
  "PWD",
  "STY",
  "TERM_PROGRAM",
  "TERM_PROGRAM_VERSION",
  "TERM_SESSION_ID",
  "TMUX",
  "TMUX_PANE",
  "VTE_VERSION",
  "WEZTERM_PANE",
  "_",
];

const dropped = new Set([...ofSurroundingClaude, ...ofOurTerminal, "CHROME_DESKTOP", "INIT_CWD"]);
const droppedStart = /^(CLAUDE_TEAM_|ELECTRON_|npm_)/;

/** The environment of a worker: the person's own, without what belongs to us, to our terminal, or to the npm or the Claude that started us. */
export function workerEnvironment(env: NodeJS.ProcessEnv, path: string | null): Record<string, string> {
  const kept = Object.entries(withoutNpm(env)).filter(([name]) => !dropped.has(name) && !droppedStart.test(name));
  const own = Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  return path === null ? own : { ...own, PATH: path };
}
