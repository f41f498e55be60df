import { randomBytes } from "node:crypto";
import { unreachable } from "../failures.ts";
import { checkCommand } from "../process/check-command.ts";
import type { Command, OpenOptions, TerminalHost } from "../terminal.ts";
import { defaultSocket } from "./attach.ts";
import { findTmux, type TmuxBinary } from "./binary.ts";
import { Link } from "./link.ts";
import { opening, readNames } from "./opening.ts";
import { type Found, listPanes, markOption, nameOf, nameOption, readPanes } from "./pane.ts";
import { createRoll, endWithServer } from "./roll.ts";
import { type Attended, attend } from "./tmux-terminal.ts";

export interface TmuxHostOptions {
  /** Where tmux is looked for, and the little of it that a server we start gets to know. */
  readonly env?: NodeJS.ProcessEnv;
  /** The name of the server's socket (`tmux -L`). */
  readonly socket?: string;
  readonly cols?: number;
  readonly rows?: number;
  /** From SIGTERM to SIGKILL, when a terminal is closed. */
  readonly graceMs?: number;
  /** How long tmux may take to answer. */
  readonly callMs?: number;
  readonly now?: () => number;
}

/** Terminals in a tmux server of our own, a session for each. They outlive us: its dispose only lets go of them. */
export function createTmuxHost(options: TmuxHostOptions = {}): TerminalHost {
  const { env = process.env, socket = defaultSocket, cols = 120, rows = 40 } = options;
  const { graceMs = 3000, callMs = 5000, now = Date.now } = options;
  const roll = createRoll(() => link);
  const link: Link = new Link({
    ...{ socket, env, callMs, heard: roll.heard, connected: roll.check },
    find: createFinder(env.PATH, callMs),
    needed: () => roll.size > 0,
    away: (why) => roll.each((one) => one.away(why)),
    serverEnded: () => roll.each(endWithServer),
  });

  const adopt = (pane: Found, serverPid: number): Attended =>
    roll.adopt(pane, (forget) => attend(pane, { link, serverPid, now, graceMs, callMs, forget }));

  async function found(): Promise<Attended[]> {
    const connection = await link.connect(false);
    if (!connection) return [];
    const [lines = []] = await link.ask(listPanes);
    const panes = readPanes(lines).filter(({ orphaned }) => !orphaned);
    return panes.map((pane) => adopt(pane, connection.serverPid));
  }

  return {
    kind: "tmux",
    check: async () => `tmux ${(await findTmux(env.PATH, callMs)).version}`,
    async open(command, given) {
      const checked = await checkCommand(command);
      const connection = await link.connect(true);
      if (!connection) throw unreachable("no tmux server runs");
      given.signal?.throwIfAborted();
      const { terminal } = adopt(await start(link, checked, { ...given, cols, rows }), connection.serverPid);
      if (given.signal?.aborted) await terminal.close();
      given.signal?.throwIfAborted();
      return terminal;
    },
    async find(ref) {
      const name = nameOf(ref);
      if (name === undefined) return undefined;
      const known = roll.get(name) ?? (await found()).find(({ pane }) => pane.name === name);
      return known?.terminal;
    },
    list: async () => (await found()).map(({ terminal }) => terminal),
    [Symbol.asyncDispose]: () => link.end(),
  };
}

type Start = Pick<OpenOptions, "name" | "mark"> & { readonly cols: number; readonly rows: number };

/** Opens a session that runs the command, under a name that no other ever had. */
async function start({ ask }: Link, command: Command, { name: label, mark, cols, rows }: Start): Promise<Found> {
  const name = `${mark.replace(/[^\w-]/g, "-")}-${randomBytes(4).toString("hex")}`;
  const [inherited = []] = await ask(["show-environment", "-g"]);
  const options = { [nameOption]: name, [markOption]: mark };
  try {
    const answers = await ask(
      ...opening(command, { name, label, cols, rows, options, inherited: readNames(inherited) }),
    );
    const [id = "", window = "", pid] = answers.at(-1)?.[0]?.split(" ") ?? [];
    return { name, id, window, pid: Number(pid), code: undefined, orphaned: false };
  } catch (cause) {
    ask(["kill-session", "-t", `=${name}`]).catch(() => undefined); // It may not have come to be.
    throw cause;
  }
}

/** Looks once; again only after a failure, since it may be installed meanwhile. */
function createFinder(path: string | undefined, callMs: number): () => Promise<TmuxBinary> {
  let found: Promise<TmuxBinary> | undefined;
  return () => {
    found ??= findTmux(path, callMs).catch((cause) => {
      found = undefined;
      throw cause;
    });
    return found;
  };
}
