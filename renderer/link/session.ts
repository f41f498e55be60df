import { Refused } from "./refused.ts";

const key = "claude-team.secret";

/** What of the browser is used here; tests bring their own. */
export interface Browser {
  readonly location: Pick<Location, "hash" | "pathname" | "search">;
  readonly history: Pick<History, "replaceState">;
  readonly sessionStorage: Pick<Storage, "getItem" | "setItem">;
  fetch(url: string, init: RequestInit): Promise<Pick<Response, "ok" | "json" | "status">>;
}

/**
 * The secret that lets this tab in. A code in the URL's fragment is exchanged for one, and taken out of the URL first, so
 * that it stands in no history. Throws Refused when there is neither a code nor a secret, or the code is used or too old.
 */
export async function obtainSecret(browser: Browser): Promise<string> {
  const { location, history, sessionStorage } = browser;
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  if (code !== null) {
    history.replaceState(null, "", location.pathname + location.search);
    sessionStorage.setItem(key, await exchange(browser, code));
  }
  const secret = sessionStorage.getItem(key);
  if (!secret) throw new Refused();
  return secret;
}

async function exchange({ fetch }: Browser, code: string): Promise<string> {
  const response = await fetch("/panel/session", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code }),
  });
  if (!response.ok) throw new Refused();
  const { secret } = (await response.json()) as { secret: string };
  return secret;
}
