import * as z from "zod";

/** What a rule lets through. It is compared with the tool's own input, never with words made for people. */
export const ruleMatch = z.discriminatedUnion("is", [
  /** Exactly this input; of Bash the command and how it is run, whatever its description says. */
  z.strictObject({ is: z.literal("exact"), input: z.record(z.string(), z.unknown()) }),
  /** Bash: this command alone, or followed by plain words. Whatever a shell reads as more than a word never matches. */
  z.strictObject({ is: z.literal("prefix"), prefix: z.string().min(1).max(500) }),
  /** A file tool: any file inside this folder, but none in a hidden folder (`.git`, `.claude`) and none behind a link that leads out. */
  z.strictObject({ is: z.literal("folder"), folder: z.string().startsWith("/") }),
]);

/** "Always allow": a person's standing answer to one tool in one directory. Two rules that say the same are the same rule. */
export const rule = z.strictObject({
  /** As a request names it: `Bash`, `Edit`, `mcp__server__tool`. */
  tool: z.string().min(1),
  /** Absolute. It counts only while Claude's own working directory is this one. */
  cwd: z.string().startsWith("/"),
  match: ruleMatch,
});
export type Rule = z.infer<typeof rule>;
