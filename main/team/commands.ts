import type { Caller, CommandName, Input, Output } from "../../contract/commands.ts";

/** The core, implemented once by createTeam; called by MCP tools for agents, by the bridge and the CLI for people. */
export type Team = {
  [K in CommandName]: (input: Input<K>, by: Caller, signal?: AbortSignal) => Promise<Output<K>>;
};
