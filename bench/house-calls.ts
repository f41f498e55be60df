import { createCaller, type Exchange, modernCall } from "./http-caller.ts";

/** Calls the tools of a house as Claude Code 2.1.330 does: in the 2026-07-28 era, with a progress token. */
export interface Manager extends Disposable {
  start(tool: string, args?: object): Exchange;
  /** What the tool's structured result holds; rejects when the call failed. */
  call(tool: string, args?: object): Promise<Record<string, unknown>>;
}

export function createManager(port: number, token: string): Manager {
  const caller = createCaller();
  const start = (tool: string, args: object = {}): Exchange => {
    const [body, headers] = modernCall(tool, args, { progressToken: 1 });
    return caller.start(port, body, { ...headers, authorization: `Bearer ${token}` });
  };
  return {
    start,
    call: async (tool, args) => resultOf((await start(tool, args).answer).body),
    [Symbol.dispose]: () => caller[Symbol.dispose](),
  };
}

/** The structured result in a body: plain JSON, or the last event of a stream. */
export function resultOf(body: string): Record<string, unknown> {
  const json = body.startsWith("{")
    ? body
    : (body
        .match(/^data: .*$/gm)
        ?.at(-1)
        ?.slice("data: ".length) ?? "{}");
  const { result } = JSON.parse(json);
  if (!result || result.isError) throw new Error(`a call failed: ${body.slice(0, 500)}`);
  return result.structuredContent;
}
