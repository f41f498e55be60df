import { appendFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { stampedPrompt } from "./transcript-lines.ts";

/** Run as a process of its own: appends stamped prompts to a file, 4 to 16 ms apart. */
const [path, count] = process.argv.slice(2);
for (let i = 0; i < Number(count); i++) {
  await delay(4 + ((i * 7) % 13));
  appendFileSync(path ?? "", stampedPrompt());
}
