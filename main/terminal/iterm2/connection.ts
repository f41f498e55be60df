import type { TeamError } from "../../../contract/error.ts";
import { unreachable } from "../failures.ts";
import { type Away, createAway } from "./away.ts";
import { answersBeat, beat } from "./beat.ts";
import type { Connect } from "./connect.ts";
import { type Answer, type CallName, createLink, type Link, type Question } from "./link.ts";
import { createRetry, type Retry } from "./retry.ts";
import { asTrouble, needsPerson, trouble } from "./trouble.ts";
import type { Notification } from "./wire/iterm2_pb.ts";

export interface ConnectionDeps {
  readonly connect: Connect;
  /** Brings what we know in step with iTerm2; whoever waits is told of the return after it. */
  readonly resync: (link: Link) => Promise<void>;
  readonly notified: (notification: Notification) => void;
  /** Whether anything lives in iTerm2 that is worth a new connection by ourselves. */
  readonly isNeeded: () => boolean;
  readonly now: () => number;
  readonly limits: ConnectionLimits;
}

/** All in ms. */
export interface ConnectionLimits {
  readonly callMs: number;
  readonly pingMs: number;
  /** Between two looks whether iTerm2 still answers. */
  readonly beatMs: number;
  /** Before the first try after a loss, the second, …; the last stands for all after it. */
  readonly retryMs: readonly number[];
}

/**
 * The connection that outlasts its links. Lost, it is made again by itself, unless that needs a person; silent, it is kept until
 * iTerm2 speaks again, since a new one would be no less silent.
 */
export class Connection implements Disposable {
  readonly #deps: ConnectionDeps;
  readonly #away: Away = createAway();
  readonly #retry: Retry;
  #link: Link | undefined;
  #protocol = "";
  #connecting: Promise<Link> | undefined;
  #isSilent = false;
  #isProbing = false;
  #beats: NodeJS.Timeout | undefined;
  #lastBeat = 0;
  #isOver = false;

  constructor(deps: ConnectionDeps) {
    this.#deps = deps;
    // `#down` has told why it failed.
    this.#retry = createRetry(deps.limits.retryMs, () => void this.#connect().catch(() => undefined));
  }

  /** Of iTerm2's API, as "1.11"; known once connected. */
  get protocol(): string {
    return this.#protocol;
  }

  get isAway(): boolean {
    return this.#away.why !== null;
  }

  /** Connects if need be, also when only a person could have removed what stood in the way. */
  async open(): Promise<Link> {
    if (this.#link && !this.#isSilent) return this.#link;
    if (this.#link && this.#away.why) throw this.#away.why;
    return this.#connect();
  }

  /** Asks over the connection there is; rejects at once while there is none, or iTerm2 is silent. */
  async call<N extends CallName>(name: N, value: Question<N>): Promise<Answer<N>> {
    if (this.#away.why) throw this.#away.why;
    return (await this.open()).call(name, value);
  }

  onAway(listener: (why: string | null) => void): Disposable {
    return this.#away.listen(listener);
  }

  /** The machine has slept, or may have: looks at once, and forgets how often it failed before. */
  async wake(): Promise<void> {
    this.#retry.forget();
    const link = this.#link;
    if (!link) this.#retry.atOnce();
    else if (!this.#isSilent) await this.#unanswered(link);
    else if (!(await link.ping())) link.end();
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#retry[Symbol.dispose]();
    clearInterval(this.#beats);
    this.#link?.end();
  }

  #connect(): Promise<Link> {
    this.#retry.cancel();
    this.#connecting ??= this.#makeLink().then(
      (link) => {
        this.#connecting = undefined;
        this.#up(link);
        return link;
      },
      (cause) => {
        this.#connecting = undefined;
        this.#down(asTrouble(cause));
        throw cause;
      },
    );
    return this.#connecting;
  }

  async #makeLink(): Promise<Link> {
    let link: Link | undefined;
    if (this.#isOver) throw unreachable("claude-team is closing its terminals");
    const { socket, protocol } = await this.#deps.connect();
    const fresh = createLink(
      socket,
      this.#linkOptions(() => link),
    );
    link = fresh;
    this.#protocol = protocol;
    try {
      await this.#deps.resync(fresh);
    } catch (cause) {
      fresh.end();
      throw cause;
    }
    return fresh;
  }

  #linkOptions(link: () => Link | undefined) {
    const { notified, limits } = this.#deps;
    return {
      ...limits,
      notified,
      heard: () => this.#heard(),
      unanswered: () => void this.#unanswered(link()),
      closed: () => {
        if (this.#link === undefined || this.#link !== link()) return;
        this.#link = undefined;
        this.#isSilent = false;
        clearInterval(this.#beats);
        this.#down(trouble("lost"));
      },
    };
  }

  #up(link: Link): void {
    if (this.#isOver) link.end();
    this.#link = link;
    this.#isSilent = false;
    this.#lastBeat = this.#deps.now();
    clearInterval(this.#beats);
    this.#beats = setInterval(() => this.#tick(link), this.#deps.limits.beatMs).unref();
    this.#away.tell(null);
  }

  #down(why: TeamError): void {
    this.#away.tell(why);
    if (!needsPerson(why) && this.#deps.isNeeded() && !this.#isOver) this.#retry.later();
  }

  /** A beat that comes late means that the machine slept; one that comes, that the link is worth something. */
  #tick(link: Link): void {
    this.#retry.forget();
    const now = this.#deps.now();
    const slept = now - this.#lastBeat > 2 * this.#deps.limits.beatMs;
    this.#lastBeat = now;
    if (slept) void this.wake();
    else if (this.#deps.isNeeded()) beat(link).catch(() => undefined); // `unanswered` or `closed` tells.
  }

  /** One lost answer says little: only who answers nothing else either is silent. */
  async #unanswered(link: Link | undefined): Promise<void> {
    if (!link || link !== this.#link || this.#isSilent || this.#isProbing) return;
    this.#isProbing = true;
    const [answers, lives] = await Promise.all([answersBeat(link, this.#deps.limits.pingMs), link.ping()]);
    this.#isProbing = false;
    if (link !== this.#link || answers) return;
    if (!lives) return link.end();
    this.#isSilent = true;
    this.#away.tell(trouble("silent"));
  }

  #heard(): void {
    const link = this.#link;
    if (!link || !this.#isSilent) return;
    this.#isSilent = false;
    this.#deps.resync(link).then(
      () => {
        if (this.#link === link && !this.#isSilent) this.#away.tell(null);
      },
      () => link.end(), // A new one, in its time, begins from nothing.
    );
  }
}
