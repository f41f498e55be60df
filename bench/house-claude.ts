import { chmod, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** The built command line. */
export const cli = fileURLToPath(new URL("../dist/main/cli.js", import.meta.url));

/**
 * What stands in for `claude`. `idle`: a shell that fills its screen, writes a live status file like that of Claude Code 2.1.330,
 * and sleeps; fifty of it fit on any machine. `scripted`: the demo's fake Claude.
 */
export type StandIn = "idle" | "scripted";

export async function writeClaude(path: string, kind: StandIn): Promise<void> {
  await writeFile(
    path,
    kind === "idle" ? idleScript : `#!/bin/sh\nexec '${process.execPath}' '${cli}' fake-claude "$@"\n`,
  );
  await chmod(path, 0o700);
}

/** Rows beyond a terminal of 120 × 40 with 200 rows of scrollback. Field 22 of `stat` is the start; elsewhere it is left out. */
const idleScript = String.raw`#!/bin/sh
row=0
while [ $row -lt 260 ]; do
  row=$((row+1))
  printf '\033[3%dm%-110s\033[0m\r\n' $((row % 8)) "row $row of a screen that is full of words, as a long session leaves it"
done
start=null
if [ -r /proc/$$/stat ]; then
  read -r line < /proc/$$/stat
  start=$(set -- $line; shift 21; echo "\"$1\"")
fi
mkdir -p "$CLAUDE_CONFIG_DIR/sessions"
printf '{"pid":%d,"sessionId":"%s","procStart":%s,"startedAt":1,"kind":"interactive","version":"2.1.330","status":"idle","statusUpdatedAt":1}' \
  $$ "$2" "$start" > "$CLAUDE_CONFIG_DIR/sessions/$$.json"
exec cat > /dev/null
`;
