import type { Page } from "playwright";

/** What a page had to complain about: console errors and warnings, uncaught errors, violations of its content policy. */
export interface Complaints {
  /** All since the last call, but those that a spec expects. */
  take(...expected: readonly RegExp[]): string[];
}

/** Chromium's own word for each try to reach a server that is down. */
export const noServer = /^error: WebSocket connection to 'ws:\/\/127\.0\.0\.1:\d+\/bridge' failed: /;

/** Listens from now on; before the page has loaded anything. */
export async function complaintsOf(page: Page): Promise<Complaints> {
  const heard: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) heard.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (cause) => heard.push(`uncaught: ${cause.stack ?? cause}`));
  await page.addInitScript(tellViolations);
  return {
    take: (...expected) => heard.splice(0).filter((text) => !expected.some((pattern) => pattern.test(text))),
  };
}

/** Runs inside the page. */
const tellViolations = () =>
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
    console.error(`policy: ${violatedDirective} ${blockedURI} ${sample}`),
  );
