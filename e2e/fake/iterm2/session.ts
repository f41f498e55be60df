import { existsSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { reportCommand } from "../../../main/terminal/pty/wrapper.ts";
import { splitCommand } from "./command-line.ts";
import { interpolate } from "./interpolated.ts";
import { type SessionProcess, startProcess } from "./process.ts";
import { numberIn, type Profile, textIn } from "./profile.ts";
import { createScreen, type SessionScreen } from "./screen.ts";

/** One session: what iTerm2 shows in a pane. */
export interface Session {
  readonly id: string;
  /** Its own copy. */
  readonly profile: Profile;
  /** Its `user.` variables, without that prefix. */
  readonly user: Map<string, unknown>;
  readonly screen: SessionScreen;
  readonly created: Date;
  /** Undefined before its launch and after its end. */
  process: SessionProcess | undefined;
  /** Its process has ended, or it never started. */
  hasEnded: boolean;
  isBuried: boolean;
  autoName: string;
  iconName: string | null;
  windowName: string | null;
}

/** What a session tells about itself. */
export interface SessionEars {
  drawn(session: Session): void;
  ended(session: Session): void;
  custom(session: Session, identity: string, payload: string): void;
  changed(session: Session): void;
}

export interface Surroundings {
  readonly shell: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
}

/** Output waiting to be drawn at which the program is held back. */
const full = 1 << 20;

export function createSession(
  id: string,
  profile: Profile,
  size: { cols: number; rows: number },
  ears: SessionEars,
  inherited?: Pick<Session, "user">,
): Session {
  const scrollback = profile["Unlimited Scrollback"] ? 1_000_000 : numberIn(profile, "Scrollback Lines");
  const session: Session = {
    id,
    profile: { ...profile },
    user: inherited?.user ?? new Map(),
    screen: createScreen(size, scrollback, (text) => session.process?.write(text)),
    created: new Date(),
    process: undefined,
    hasEnded: false,
    isBuried: false,
    autoName: textIn(profile, "Name"),
    iconName: null,
    windowName: null,
  };
  session.screen.onDrawn(() => ears.drawn(session));
  session.screen.onCommand(reportCommand, (report) => {
    if (session.process?.hasEnded(report)) end(session, ears);
  });
  hearTitles(session, ears);
  hearITerm(session, ears);
  return session;
}

/** Starts the profile's command. */
export function launch(session: Session, ears: SessionEars, { shell, env }: Surroundings, place: string): void {
  const { screen, profile } = session;
  const variables = (name: string) => (name.startsWith("user.") ? session.user.get(name.slice(5)) : profile[name]);
  const command = profile["Custom Command"] === "Yes" ? interpolate(textIn(profile, "Command"), variables)?.trim() : "";
  const argv = splitCommand(command ?? "");
  const [program = shell[0], ...args] = argv.length > 0 ? argv : shell;
  const folder =
    profile["Custom Directory"] === "Yes" ? interpolate(textIn(profile, "Working Directory"), variables) : "";
  const cwd = folder && existsSync(folder) ? folder : homedir();
  const process = startProcess(
    { argv: [program, ...args], cwd, env: { ...environment(session, place, cwd), ...env } },
    { cols: screen.cols, rows: screen.rows },
    (output) => take(session, output),
  );
  session.process = process;
  void process.gone.then(() => {
    if (session.process === process) end(session, ears);
  });
  const initial = interpolate(textIn(profile, "Initial Text"), variables);
  if (initial) process.write(`${initial}\n`);
}

function take({ screen, process }: Session, output: string): void {
  const before = screen.pending;
  screen.feed(output);
  if (before >= full || screen.pending < full) return;
  process?.hold();
  void screen.settled().then(() => process?.release());
}

function end(session: Session, ears: SessionEars): void {
  const { process } = session;
  session.process = undefined;
  session.hasEnded = true;
  void process?.hangUp();
  ears.ended(session);
}

/** What iTerm2 gives its sessions, and the little that launchd gives to iTerm2. */
function environment(session: Session, place: string, cwd: string): Record<string, string> {
  const { username } = userInfo();
  return {
    PATH: "/usr/bin:/bin:/usr/sbin:/sbin",
    HOME: homedir(),
    USER: username,
    LOGNAME: username,
    PWD: cwd,
    LANG: "en_US.UTF-8",
    LC_TERMINAL: "iTerm2",
    LC_TERMINAL_VERSION: "3.6.11",
    TERM_PROGRAM: "iTerm.app",
    TERM_PROGRAM_VERSION: "3.6.11",
    ITERM_PROFILE: textIn(session.profile, "Name"),
    ITERM_SESSION_ID: `${place}:${session.id}`,
    TERM_SESSION_ID: `${place}:${session.id}`,
    COLORFGBG: "15;0",
  };
}

function hearTitles(session: Session, ears: SessionEars): void {
  const hear = (number: number, set: (title: string) => void) =>
    session.screen.onCommand(number, (title) => {
      if (session.profile["Allow Title Setting"] === false) return;
      set(title);
      ears.changed(session);
    });
  const icon = (title: string) => Object.assign(session, { iconName: title, autoName: title });
  const window = (title: string) => Object.assign(session, { windowName: title });
  hear(0, (title) => {
    icon(title);
    window(title);
  });
  hear(1, icon);
  hear(2, window);
}

/** iTerm2's own sequences: a message to a client, and a variable set by the program. */
function hearITerm(session: Session, ears: SessionEars): void {
  session.screen.onCommand(1337, (text) => {
    const [, identity, payload] = /^Custom=id=([^:]*):(.*)$/s.exec(text) ?? [];
    if (identity !== undefined) ears.custom(session, identity, payload ?? "");
    const [, name, value] = /^SetUserVar=([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined) return;
    session.user.set(name, Buffer.from(value ?? "", "base64").toString("utf8"));
    ears.changed(session);
  });
}
