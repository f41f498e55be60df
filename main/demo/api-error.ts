/** How Claude Code 2.1.330 reports a failed request: the API's kind of error, its own word for it, and the text shown. */
export function apiError(status: number): { kind: string; error: string; text: string } {
  const kind = kinds[status] ?? "api_error";
  const text = `API Error: ${status} scripted ${status} ${kind}`;
  if (status === 401 || status === 403)
    return { kind, error: "authentication_failed", text: `Please run /login · ${text}` };
  if (status === 429) return { kind, error: "rate_limit", text };
  return { kind, error: status >= 500 ? "server_error" : "unknown", text };
}

const kinds: Record<number, string> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  429: "rate_limit_error",
  529: "overloaded_error",
};
