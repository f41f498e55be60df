import type { Notification } from "@modelcontextprotocol/server";

/** The request behind a call: its signal, and how its caller hears of progress. */
export interface Exchange {
  readonly signal: AbortSignal;
  readonly _meta?: { readonly progressToken?: string | number | undefined } | undefined;
  notify(notification: Notification): Promise<void>;
}
