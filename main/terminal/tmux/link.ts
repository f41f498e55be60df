import { unreachable } from "../failures.ts";
import type { TmuxBinary } from "./binary.ts";
import type { TmuxCommand } from "./command-line.ts";
import { type Connection, connect, disconnect, type ServerOptions, serverRuns } from "./server.ts";

export interface LinkOptions extends ServerOptions {
  find(): Promise<TmuxBinary>;
  /** Whether anything lives there: else a broken connection is not made again by itself. */
  needed(): boolean;
  /** The connection broke, with the reason, or is there again (null). */
  away(why: string | null): void;
  /** A new connection: what is known may have changed meanwhile. */
  connected(): void;
  /** No server runs any more. */
  serverEnded(): void;
}

const firstMs = 50;
const longestMs = 5000;

/** The connection to the tmux server, made when it is needed and again whenever it broke. */
export class Link {
  readonly #options: LinkOptions;
  #connection: Connection | undefined;
  #connecting: Promise<Connection | undefined> | undefined;
  #away: string | null = null;
  #ended = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  /** Why the server cannot be reached now; null when it can, or was never needed. */
  get away(): string | null {
    return this.#away;
  }

  get connection(): Connection | undefined {
    return this.#connection;
  }

  /** Connects; undefined when no server runs and none is to be started. Throws TERMINAL_UNREACHABLE. */
  async connect(start: boolean): Promise<Connection | undefined> {
    if (this.#ended) throw unreachable(letGo);
    if (this.#connection) return this.#connection;
    this.#connecting ??= this.#attempt(start).finally(() => {
      this.#connecting = undefined;
    });
    const made = await this.#connecting;
    return made || !start ? made : this.connect(true);
  }

  /** As a control client's, through the connection there is. */
  readonly ask = (...commands: TmuxCommand[]): Promise<(readonly string[])[]> => {
    if (this.#connection) return this.#connection.client.ask(...commands);
    return Promise.reject(unreachable(this.#ended ? letGo : (this.#away ?? "no tmux server runs")));
  };

  async end(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#retry);
    await this.#connecting?.catch(() => undefined); // It was told to who asked for it.
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection) await disconnect(connection);
  }

  async #attempt(start: boolean): Promise<Connection | undefined> {
    const binary = await this.#options.find();
    if (!start && !(await serverRuns(binary, this.#options))) return undefined;
    const made = await connect(binary, this.#options).catch((cause: Error) => {
      // Its last terminal had just ended, and the server with it.
      if (start && /server exited|lost server/.test(cause.message)) return connect(binary, this.#options);
      throw cause;
    });
    if (this.#ended) {
      await disconnect(made);
      throw unreachable(letGo);
    }
    this.#connection = made;
    void made.client.closed.then((reason) => this.#broken(made, reason));
    this.#tell(null);
    this.#options.connected();
    return made;
  }

  #broken(connection: Connection, reason: string): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    if (!this.#options.needed()) return;
    this.#tell(reason);
    void this.#comeBack(firstMs);
  }

  async #comeBack(waitMs: number): Promise<void> {
    if (this.#ended || this.#connection) return;
    try {
      if (await this.connect(false)) return;
      this.#tell(null);
      this.#options.serverEnded();
    } catch (cause) {
      if (this.#ended) return;
      this.#tell(cause instanceof Error ? cause.message : String(cause));
      this.#retry = setTimeout(() => void this.#comeBack(Math.min(2 * waitMs, longestMs)), waitMs);
    }
  }

  #tell(reason: string | null): void {
    if (this.#away === reason) return;
    this.#away = reason;
    this.#options.away(reason);
  }
}

const letGo = "claude-team has let go of tmux";
