import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Api, createApi } from "./api.ts";
import { createCallFaults } from "./call-faults.ts";
import { type Cookie, createCookies } from "./cookies.ts";
import { createDesk } from "./desk.ts";
import { createDialogs } from "./dialogs.ts";
import { createEvents, type SimulatorEvent } from "./events.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createHand, type Hand } from "./hand.ts";
import { type Delays, type Happening, realDelays } from "./happening.ts";
import { createMainThread } from "./main-thread.ts";
import { answerScript, startOsascript } from "./osascript.ts";
import { defaultProfile, type Profile } from "./profile.ts";
import { createRestoration } from "./restoration.ts";
import type { State } from "./state.ts";

export interface Iterm2Options {
  /** Where its files stand; a new folder under the system's temporary one by default, removed at the end. */
  readonly home?: string;
  readonly delays?: Partial<Delays>;
  /** Changes to the default profile, such as a shorter `Session Close Undo Timeout` (seconds). */
  readonly profile?: Profile;
  /** Other profiles, by their `Name`. */
  readonly profiles?: readonly Profile[];
  /** What runs where no command is given. */
  readonly shell?: readonly [string, ...string[]];
  /** Added to the environment of every session. */
  readonly env?: Readonly<Record<string, string>>;
  /** `X-iTerm2-Protocol-Version`: 1.11 for 3.5 and 3.6, 1.17 for 3.7. */
  readonly protocolVersion?: string;
}

/** A stand-in for iTerm2 with its Python API on, running on any Unix. Its terminals are real, its windows are not. */
export interface Iterm2 extends AsyncDisposable {
  readonly socket: string;
  /** What a client runs instead of /usr/bin/osascript. */
  readonly osascript: string;
  /** As HOME it leads clients that know no other way to the socket. */
  readonly home: string;
  /** Points claude-team at it. */
  readonly env: Readonly<Record<string, string>>;
  /** A cookie as iTerm2 gives it to scripts that it starts itself. */
  cookie(): Cookie;
  readonly faults: Faults;
  readonly hand: Hand;
  onEvent(listener: (event: SimulatorEvent) => void): Disposable;
  /** The next event that fits. */
  next(fits: (event: SimulatorEvent) => boolean, signal?: AbortSignal): Promise<SimulatorEvent>;
  /** What clients did that no client may do to a real iTerm2. */
  readonly complaints: readonly string[];
}

/** Starts it. Rejects when its sockets cannot be made. */
export async function startIterm2(options: Iterm2Options = {}): Promise<Iterm2> {
  const home = options.home ?? mkdtempSync(join(process.platform === "darwin" ? "/private/tmp" : tmpdir(), "it2-"));
  const socket = join(home, "Library/Application Support/iTerm2/private/socket");
  const events = createEvents();
  const main = createMainThread();
  const state = emptyState(options);
  const delays = { ...realDelays, ...options.delays };
  const cookies = createCookies(socket);
  const calls = createCallFaults();
  const dialogs = createDialogs(main, (question) => events.tell({ is: "dialog.opened", question }));
  const tell = (happening: Happening) => {
    events.tell(happening);
    api.tell(happening);
  };
  const surroundings = { shell: options.shell ?? (["/bin/sh"] as const), env: options.env ?? {} };
  const desk = createDesk({ state, main, delays, surroundings, tell, varied: () => api.lookAtVariables() });
  const protocolVersion = options.protocolVersion ?? "1.11";
  const scene = { state, desk, main, delays, tell, ask: dialogs.ask, faults: calls };
  const api: Api = createApi({ ...scene, path: socket, protocolVersion, cookies, events });
  const restoration = createRestoration(state, desk);
  const { faults, scripted } = createFaults({ api, main, cookies, calls, delays, dialogs, restoration });
  await api.on();
  const osascript = await startOsascript(home, async (source) => {
    const said = await answerScript(source, scripted);
    events.tell({ is: "osascript.ran", source, said: said.error ?? said.out ?? "" });
    return said;
  });

  return {
    socket,
    osascript: osascript.path,
    home,
    env: { CLAUDE_TEAM_ITERM2_SOCKET: socket, CLAUDE_TEAM_OSASCRIPT: osascript.path },
    cookie: cookies.make,
    faults,
    hand: createHand({ state, desk, main, tell }),
    onEvent: events.onEvent,
    next: events.next,
    complaints: events.complaints,
    async [Symbol.asyncDispose]() {
      await faults.quit();
      osascript.close();
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}

function emptyState({ profile, profiles = [] }: Iterm2Options): State {
  const first = defaultProfile(profile);
  const others = profiles.map((one) => defaultProfile({ ...profile, ...one }));
  const nothing = {
    windows: [],
    key: undefined,
    isActive: false,
    buried: [],
    broadcast: [],
    user: new Map(),
    nextTab: 1,
  };
  return { ...nothing, profiles: [first, ...others] };
}
