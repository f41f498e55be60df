import { type Directive, groupAnswers, parseDirectives } from "./directives.ts";
import { demoScenes } from "./scenes.ts";

/** The answers to a prompt: its own directives, else the scene it begins, else a friendly word that says what this is. */
export function scriptOf(prompt: string): Directive[][] {
  const own = groupAnswers(parseDirectives(prompt));
  if (own.length > 0) return own;
  const scene = demoScenes.find((one) => one.prompt === prompt.trim());
  return groupAnswers(parseDirectives(scene?.script ?? friendly(prompt)));
}

/** What is said when the script is used up. */
export function afterScript(result: string | undefined): Directive[] {
  const argument = result ? `Done: ${result.slice(0, 200)}` : "Done.";
  return [{ kind: "text", argument, times: null, joins: false }];
}

function friendly(prompt: string): string {
  const said = prompt.replaceAll("[[", "").replaceAll("]]", "").slice(0, 200);
  return `[[slow:1]][[text:This is the demo: no model reads this, and nothing on your disk is touched.

I received your message: “${said}”. With the real Claude Code in my place, this is where its answer would stand.]]`;
}
