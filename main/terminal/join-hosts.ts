import type { HostKind } from "../../contract/worker.ts";
import { unreachable } from "./failures.ts";
import { lateTerminal } from "./late-terminal.ts";
import type { OpenOptions, TerminalHost, Terminals } from "./terminal.ts";

export interface JoinOptions {
  readonly hosts: readonly TerminalHost[];
  /** The person's setting, read at every opening. */
  readonly wanted: () => HostKind | "auto";
  /** What `auto` tries, in this order. */
  readonly order: readonly HostKind[];
  /** Calls back after so many milliseconds. */
  after(ms: number, run: () => void): unknown;
}

/** Several hosts as one: a new terminal opens where the setting says, a known one is found where its ref says (`kind:…`). */
export function joinHosts({ hosts, wanted, order, after }: JoinOptions): Terminals {
  function need(kind: HostKind): TerminalHost {
    const host = hosts.find((one) => one.kind === kind);
    if (!host) throw unreachable(`${kind} is no terminal of this machine`);
    return host;
  }

  /** A pane beside another one can only be where that one is. */
  async function choose({ place, on, signal }: OpenOptions & { on?: HostKind }): Promise<TerminalHost> {
    const beside = place.at === "right" || place.at === "below" ? place.of : undefined;
    return hostOf(on ?? (beside === undefined ? wanted() : kindOf(beside)), signal);
  }

  const hostOf = async (kind: HostKind | "auto", signal?: AbortSignal) =>
    kind === "auto" ? firstOf(order.map(need), signal) : need(kind);

  return {
    async check(signal) {
      const host = await hostOf(wanted(), signal);
      return host.check(signal);
    },
    async usable(signal) {
      const found = await Promise.allSettled(order.map((kind) => need(kind).check(signal)));
      signal?.throwIfAborted();
      return order.filter((_, i) => found[i]?.status === "fulfilled");
    },
    async open(command, options) {
      const host = await choose(options);
      return host.open(command, options);
    },
    async find(ref) {
      const host = need(kindOf(ref));
      try {
        return await host.find(ref);
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        return lateTerminal({ host: host.kind, ref, find: () => host.find(ref), why, after });
      }
    },
    async wake() {
      await Promise.all(hosts.map((host) => host.wake?.()));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(hosts.map((host) => host[Symbol.asyncDispose]()));
    },
  };
}

const kindOf = (ref: string): HostKind => ref.slice(0, ref.indexOf(":")) as HostKind;

/** The first that can open terminals now. When none can, rejects with what each of them lacks. */
async function firstOf(candidates: readonly TerminalHost[], signal?: AbortSignal): Promise<TerminalHost> {
  const lacks: string[] = [];
  for (const host of candidates) {
    try {
      await host.check(signal);
      return host;
    } catch (cause) {
      signal?.throwIfAborted();
      lacks.push(`${host.kind}: ${cause instanceof Error ? cause.message : cause}`);
    }
  }
  throw unreachable(`no terminal can be opened; ${lacks.join("; ")}`);
}
