import { type Implementation, ProtocolError, ProtocolErrorCode, Server } from "@modelcontextprotocol/server";
import { start } from "../words/start.ts";
import type { Calls } from "./calls.ts";
import { instructions } from "./instructions.ts";
import { toolNamed, tools } from "./tools.ts";

const listings = tools.map(({ listing }) => listing);

/**
 * One protocol server: for a request of 2026-07-28, or for a session of an older revision. The SDK's low-level class, since
 * its McpServer answers bad arguments itself, in its own words and without a code.
 */
export function createProtocolServer(serverInfo: Implementation, calls: Calls): Server {
  const server = new Server(
    serverInfo,
    // Without listChanged a listen stream would end at once, and with it the sign that a manager is there.
    { capabilities: { tools: { listChanged: true } }, instructions },
  );
  server.setRequestHandler("tools/list", () => ({ tools: listings }));
  server.setRequestHandler("tools/call", ({ params }, context) => {
    const tool = toolNamed(params.name);
    if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, unknownTool(params.name));
    return calls.perform(tool, params.arguments ?? {}, context.mcpReq);
  });
  return server;
}

const unknownTool = (name: string) =>
  `There is no tool ${start(name, 80)}. There are ${listings.map(({ name }) => name).join(", ")}.`;
