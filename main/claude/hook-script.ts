/** Hook calls that ask for a decision wait as long as Claude Code lets them (2.1.330 takes 86400 s), the others hardly at all. */
const longSeconds = 86_400;
const shortSeconds = 5;

/**
 * The events a worker tells, with the time in seconds after which Claude Code ends the hook itself. PermissionRequest is the
 * only one that waits for an answer. HTTP hooks would do without a process, but are noisy on a dead server and not run for
 * SessionStart (Claude Code 2.1.330).
 */
const events: Readonly<Record<string, number>> = {
  SessionStart: 2 * shortSeconds,
  SessionEnd: 2 * shortSeconds,
  UserPromptSubmit: 2 * shortSeconds,
  PermissionRequest: longSeconds,
  Stop: 2 * shortSeconds,
  StopFailure: 2 * shortSeconds,
  SubagentStop: 2 * shortSeconds,
  Notification: 2 * shortSeconds,
};

/**
 * The one command that every worker's hooks run: `hook WORKER LAUNCH EVENT`, with the payload on its input. It asks for port and
 * token at each call, since a worker outlives the server and the port may change, and talks only while the server's process lives,
 * so that no token reaches a stranger on its old port. The token of another launch is not taken: in a home that was begun anew
 * another worker may have this one's number. What the server answers is Claude's answer; without one it is silent.
 */
export const hookScript = `#!/bin/sh
# Written by claude-team; it is written again when it differs. Usage: hook WORKER LAUNCH EVENT < payload
home=\${0%/*}
server=
while read -r line || [ -n "$line" ]; do server=$server$line; done 2>/dev/null < "$home/server.json"
field() { value=\${server#*\\"$1\\":}; value=\${value# }; value=\${value%%[!0-9]*}; }
field port; port=$value
field pid; pid=$value
if [ -z "$port" ] || [ -z "$pid" ] || ! kill -0 "$pid" 2>/dev/null; then
  cat >/dev/null
  exit 0
fi
seconds=${shortSeconds}
if [ "$3" = PermissionRequest ]; then seconds=${longSeconds}; fi
curl -q -s -f --noproxy '*' --connect-timeout 2 --max-time "$seconds" \\
  -H "@$home/workers/$1/auth-$2" -H 'Content-Type: application/json' -H 'Expect:' \\
  --data-binary @- "http://127.0.0.1:$port/hook/$1" 2>/dev/null
exit 0
`;

/**
 * The settings of one worker, for `--settings`: its hooks, and that it is no manager. `install` adds us for the user, so every
 * worker would be offered our tools, read that it leads a team, and count as a manager; Claude Code 2.1.330 merges this list
 * from all settings and connects to nothing on it, without a word. Nor may it read or write our home, where the tokens are: a
 * denial holds where nobody is asked, too, as for a mention and while permissions are skipped (2.1.330).
 */
export function hookSettings(
  home: string,
  worker: string,
  launch: string,
): {
  hooks: Record<string, unknown>;
  deniedMcpServers: readonly { serverName: string }[];
  permissions: { deny: readonly string[] };
} {
  const command = (event: string) => [`${home}/hook`, worker, launch, event].map(quote).join(" ");
  const hook = (event: string, timeout: number) => ({ type: "command", command: command(event), timeout });
  const entries = Object.entries(events).map(([event, timeout]) => [event, [{ hooks: [hook(event, timeout)] }]]);
  return {
    hooks: Object.fromEntries(entries),
    deniedMcpServers: [{ serverName: "claude-team" }],
    // A path from the root begins with a second slash there.
    permissions: { deny: [`Read(/${home}/**)`, `Edit(/${home}/**)`] },
  };
}

/** As one word of a POSIX shell. */
const quote = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
