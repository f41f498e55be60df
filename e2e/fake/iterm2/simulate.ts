import { once } from "node:events";
import { userInfo } from "node:os";
import { describeEvent } from "./describe-event.ts";
import { startIterm2 } from "./iterm2.ts";

// npm run simulate:iterm2: an iTerm2 for this machine, until Ctrl-C.

const { shell } = userInfo();
const simulator = await startIterm2({ shell: shell ? [shell, "-l"] : ["/bin/sh"] });
const write = (line: string) => void process.stdout.write(`${line}\n`);

write("iTerm2's simulator is running. To point claude-team at it, start it in this environment:");
for (const [name, value] of Object.entries(simulator.env)) write(`  export ${name}='${value}'`);
write("  claude-team serve --terminal iterm2");
write(
  `Clients that know no such variables find it with HOME='${simulator.home}'. Ctrl-C ends it with everything in it.`,
);
write("");
simulator.onEvent((event) => {
  const line = describeEvent(event);
  if (line) write(`${new Date().toISOString().slice(11, 23)} ${line}`);
});

await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
await simulator[Symbol.asyncDispose]();
