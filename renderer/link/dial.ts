import type { Pipe } from "../../contract/frame.ts";
import { openElectron } from "./electron.ts";
import { obtainSecret } from "./session.ts";
import { openSocket } from "./socket.ts";
import { type StayConnected, stayConnected } from "./stay-connected.ts";

export interface Dial extends Pick<StayConnected, "onEvent" | "onChange"> {
  /** The app wants the person to see this: a worker's id, or a place of the panel such as `settings`. */
  goTo(place: string): void;
}

/** Connects this page to its claude-team for as long as it is open: through Electron's preload where there is one, else over a WebSocket. */
export function dial({ goTo, ...on }: Dial): void {
  let ending = new AbortController();
  begin();
  // `claude-team open` may bring its new code to a page that is open already.
  addEventListener("hashchange", begin);

  function begin(): void {
    ending.abort();
    ending = new AbortController();
    void stayConnected({ open: () => open(goTo), wait: waitForHope, ...on }, ending.signal);
  }
}

async function open(goTo: Dial["goTo"]): Promise<Pipe> {
  if (window.claudeTeam) return openElectron(window.claudeTeam, goTo);
  const { location, history, sessionStorage } = window;
  const secret = await obtainSecret({ location, history, sessionStorage, fetch: (url, init) => fetch(url, init) });
  return openSocket(new URL("/bridge", location.href.replace(/^http/, "ws")).href, secret);
}

/** Resolves after so many milliseconds, or at once when the network is back or the page is looked at again. */
function waitForHope(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = new AbortController();
    const finish = () => {
      done.abort();
      resolve();
    };
    const timer = setTimeout(finish, ms);
    done.signal.addEventListener("abort", () => clearTimeout(timer));
    for (const [target, type] of [
      [window, "online"],
      [document, "visibilitychange"],
      [signal, "abort"],
    ] as const)
      target.addEventListener(type, finish, { signal: done.signal });
  });
}
