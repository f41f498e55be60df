import type { Api } from "./api.ts";
import type { CallFaults } from "./call-faults.ts";
import type { Cookies } from "./cookies.ts";
import type { Dialogs } from "./dialogs.ts";
import type { Delays } from "./happening.ts";
import type { MainThread } from "./main-thread.ts";
import type { Automation, ScriptedApp } from "./osascript.ts";
import type { createRestoration, Restored } from "./restoration.ts";

/** What goes wrong, or is set in iTerm2 and macOS in another way. */
export interface Faults {
  readonly calls: CallFaults;
  /** How long iTerm2 takes, from now on. */
  readonly delays: Delays;
  /** Nothing happens any more but pongs, until the returned function is called. */
  stall(): () => void;
  /** Ends all connections without a word. The file of the socket stays, and nobody listens there. */
  apiOff(): Promise<void>;
  apiOn(): Promise<void>;
  /** Everything in it ends with it, and nobody listens. */
  quit(): Promise<void>;
  /** After `quit`. Restored windows keep their ids and those of their sessions; tabs are new, and commands start again. */
  start(windows?: Restored): Promise<void>;
  /** Every connection is cut, as by a network that forgets it. */
  dropAll(): void;
  refuseCookies(refused: boolean): void;
  allowAllApps(allowed: boolean): void;
  /** Whether macOS lets a client ask iTerm2 for a cookie. */
  automation: Automation;
  /** iTerm2 is too old to know cookies. */
  isTooOld: boolean;
  /** Answers the dialog that a close without force has opened. */
  answerDialog(yes: boolean): void;
}

export interface FaultsDeps {
  readonly api: Api;
  readonly main: MainThread;
  readonly cookies: Cookies;
  readonly calls: CallFaults;
  readonly delays: Delays;
  readonly dialogs: Dialogs;
  readonly restoration: ReturnType<typeof createRestoration>;
}

/** The faults, and what AppleScript finds under them. */
export function createFaults(deps: FaultsDeps): { faults: Faults; scripted: ScriptedApp } {
  const { api, main, cookies, calls, delays, dialogs, restoration } = deps;
  const permission = createPermission();
  let isRunning = true;
  let isApiOn = true;
  const stalls = new Set<() => void>();

  async function start(windows: Restored = "none"): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    restoration.start(windows);
    if (isApiOn) await api.on();
  }

  const faults: Faults = {
    calls,
    delays,
    stall() {
      const release = main.stall();
      stalls.add(release);
      return release;
    },
    async apiOff() {
      isApiOn = false;
      await api.off();
    },
    async apiOn() {
      isApiOn = true;
      if (isRunning) await api.on();
    },
    async quit() {
      isRunning = false;
      for (const release of stalls) release();
      stalls.clear();
      dialogs.answer(false);
      await api.off();
      await restoration.quit();
    },
    start,
    dropAll: api.dropAll,
    refuseCookies: cookies.refuse,
    allowAllApps: cookies.allowAll,
    get automation() {
      return permission.is;
    },
    set automation(is) {
      permission.set(is);
    },
    isTooOld: false,
    answerDialog: dialogs.answer,
  };
  const scripted: ScriptedApp = {
    isRunning: () => isRunning,
    isApiOn: () => isApiOn,
    mayControl: permission.mayControl,
    isTooOld: () => faults.isTooOld,
    makeCookie: cookies.make,
    start: () => void start(),
  };
  return { faults, scripted };
}

/** macOS's permission to control iTerm2; while it is being asked for, everybody waits. */
function createPermission() {
  const asked = new Set<() => void>();
  let is: Automation = "allowed";
  return {
    get is() {
      return is;
    },
    set(now: Automation): void {
      is = now;
      if (now === "asking") return;
      for (const wake of asked) wake();
      asked.clear();
    },
    async mayControl(): Promise<boolean> {
      while (is === "asking") await new Promise<void>((wake) => void asked.add(wake));
      return is === "allowed";
    },
  };
}
