import * as z from "zod";
import type { Asked } from "../fake/messages-api/asked.ts";
import type { ClaudeManager } from "./manager.ts";
import type { World } from "./world.ts";

/** What a manager's model got back from one call of a tool. */
export interface Told {
  readonly tool: string;
  readonly isError: boolean;
  readonly text: string;
}

const block = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  name: z.string().optional(),
  tool_use_id: z.string().optional(),
  is_error: z.boolean().optional(),
  content: z.unknown().optional(),
});
const inner = z.union([z.string(), z.array(z.looseObject({ text: z.string().default("") }))]);

/** The results of all tool calls that stand in a request, oldest first. */
function toldIn({ body }: Asked): Told[] {
  const blocks = body.messages.flatMap(({ content }) => z.array(block).parse(content));
  const names = new Map(blocks.map(({ id, name = "" }) => [id, name.replace("mcp__claude-team__", "")]));
  const results = blocks.filter(({ type }) => type === "tool_result");
  return results.map(({ tool_use_id, is_error: isError = false, content }) => {
    const parts = inner.parse(content);
    const text = typeof parts === "string" ? parts : parts.map((part) => part.text).join("\n");
    return { tool: names.get(tool_use_id) ?? "", isError, text };
  });
}

/** Everything the model reads in a request, as text: what is said to it, and what stands in its system prompt. */
export function readIn({ body }: Asked): string {
  const system = z.array(z.looseObject({ text: z.string() })).parse(body.system);
  const said = body.messages.flatMap(({ content }) => content);
  return [...system, ...said].map(({ text = "" }) => text).join("\n");
}

/** Requests of this manager's own conversation; its title and the like are asked without tools. */
export const isOf = (manager: ClaudeManager, asked: Asked): boolean =>
  asked.session === manager.session && !asked.aside && asked.agent === null;

const patienceMs = 60_000;

/** The first such request, past or future. A spec that never gets it still ends by itself, and its world with it. */
export const asks = (world: World, isIt: (asked: Asked) => boolean): Promise<Asked> =>
  world.api.until(isIt, AbortSignal.timeout(patienceMs));

/** Resolves with the results its model has been told, when there are so many. */
export async function told(world: World, manager: ClaudeManager, count: number): Promise<Told[]> {
  const own = (asked: Asked) => isOf(manager, asked);
  const request = await asks(world, (asked) => own(asked) && toldIn(asked).length >= count).catch((cause) => {
    const last = world.api.requests.findLast(own);
    throw new Error(`the model was told only ${JSON.stringify(last && toldIn(last), null, 2)}`, { cause });
  });
  return toldIn(request);
}
