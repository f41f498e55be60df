import type { Screen } from "../../../contract/screen.ts";
import type { Look } from "../emulator/newer.ts";
import { terminalGone, unreachable } from "../failures.ts";
import { endFamily } from "../process/end-family.ts";
import { type Ending, endingOfCode, lastWords, tellOnce } from "../process/ending.ts";
import { startOf } from "../process/process-table.ts";
import type { Exit, Terminal } from "../terminal.ts";
import { withoutFarewell } from "./farewell.ts";
import { type Mark, markQuestion } from "./mark.ts";
import { named } from "./profile.ts";
import { toShown } from "./rows.ts";
import { createScreenReader, type ScreenReader } from "./screen-reader.ts";
import type { Surroundings } from "./surroundings.ts";
import { createTypist } from "./typist.ts";
import { createWatching, type Watching } from "./watching.ts";
import {
  ActivateResponse_Status,
  GetBufferResponse_Status,
  SendTextResponse_Status,
  SetProfilePropertyResponse_Status,
  SetPropertyResponse_Status,
  SubscriptionRequest_Type,
} from "./wire/iterm2_pb.ts";

/** A session of iTerm2's that we opened. Its end comes as the wrapper's report, or because the pane is gone. */
export class Iterm2Terminal implements Terminal {
  readonly host = "iterm2";
  readonly ref: string;
  readonly session: string;
  readonly pid: number;
  readonly type: (text: string) => Promise<void>;
  readonly #around: Surroundings;
  readonly #reader: ScreenReader;
  readonly #watching: Watching;
  readonly #returned: Disposable;
  readonly #exit: Promise<Exit>;
  /** While iTerm2 is away nobody tells that the process has ended, and its number may come to another. */
  readonly #started: Promise<string | undefined>;
  #tellExit: (exit: Exit) => void = () => {};
  #mark: Mark;
  #isEnding = false;
  #last: Screen | undefined;
  #isOver = false;
  #closing: Promise<void> | undefined;

  constructor(mark: Mark, around: Surroundings) {
    this.#mark = mark;
    this.#around = around;
    this.session = mark.session;
    this.ref = refOf(mark.session);
    this.pid = mark.pid;
    this.#started = startOf(mark.pid);
    this.#exit = new Promise((tell) => {
      this.#tellExit = tell;
    });
    this.type = createTypist((text) => this.#send(text));
    this.#reader = createScreenReader(() => this.#fetch(), around.now);
    this.#watching = createWatching((on) => this.#subscribe(on));
    this.#returned = around.connection.onAway((why) => {
      if (why === null) this.#watching.renew();
    });
  }

  get mark(): Mark {
    return this.#mark;
  }

  /** Its command has ended, or is about to be told so. */
  get isEnding(): boolean {
    return this.#isEnding;
  }

  async screen(): Promise<Screen> {
    if (this.#last) return this.#last;
    if (this.#isOver) throw terminalGone();
    const screen = await this.#reader.read();
    return this.#last ?? screen;
  }

  onChange(listener: () => void): Disposable {
    return this.#watching.listen(listener);
  }

  onExit(listener: (exit: Exit) => void): Disposable {
    return tellOnce(this.#exit, listener);
  }

  onAway(listener: (why: string | null) => void): Disposable {
    return this.#around.connection.onAway(listener);
  }

  async resize(cols: number, rows: number): Promise<void> {
    if (this.#isEnding) throw terminalGone();
    const { status = SetPropertyResponse_Status.OK } = await this.#around.connection.call("setProperty", {
      identifier: { case: "sessionId", value: this.session },
      name: "grid_size",
      jsonValue: JSON.stringify({ width: cols, height: rows }),
    });
    if (status !== SetPropertyResponse_Status.OK && status !== SetPropertyResponse_Status.DEFERRED) {
      throw unreachable(`iTerm2 does not give this pane ${cols} columns and ${rows} rows: resize its window by hand`);
    }
    await this.#around.look();
  }

  readonly focus = async (): Promise<void> => {
    const { status = ActivateResponse_Status.OK } = await this.#around.connection.call("activate", {
      identifier: { case: "sessionId", value: this.session },
      orderWindowFront: true,
      selectTab: true,
      selectSession: true,
      activateApp: { ignoringOtherApps: true },
    });
    if (status !== ActivateResponse_Status.OK) throw await this.#absent();
  };

  async name(label: string): Promise<void> {
    this.#mark = { ...this.#mark, name: label };
    const { connection } = this.#around;
    const target = { case: "session", value: this.session } as const;
    const { status } = await connection.call("setProfileProperty", { target, assignments: named(label) });
    if (status === SetProfilePropertyResponse_Status.SESSION_NOT_FOUND) throw await this.#absent();
    await connection.call("variable", markQuestion(this.#mark));
    await this.#around.renamed();
  }

  close(graceMs = this.#around.graceMs): Promise<void> {
    this.#closing ??= this.#close(graceMs);
    return this.#closing;
  }

  /** The wrapper says that the command has ended; by then all its output is on the screen. */
  async reported(code: number): Promise<void> {
    if (this.#isEnding) return;
    this.#isEnding = true;
    const screen = await this.#reader.read().catch(() => this.#reader.last);
    this.#finish(endingOfCode(code), screen);
  }

  /** It is gone without a report. */
  lost(reason: string): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#finish({ code: null, reason }, this.#reader.last);
  }

  changed(): void {
    this.#watching.changed();
  }

  async #close(graceMs: number): Promise<void> {
    if (!this.#isEnding) await endFamily(this.pid, this.#exit, graceMs, await this.#started);
    await this.#around.closePane(this.session);
    this.lost("closed");
  }

  #finish(how: Ending, screen: Screen | undefined): void {
    this.#last = screen && withoutFarewell(screen);
    this.#isOver = true;
    this.#returned[Symbol.dispose]();
    this.#tellExit({ ...how, lastWords: this.#last ? lastWords(this.#last) : "" });
    this.#around.ended(this.session);
  }

  async #send(text: string): Promise<void> {
    if (this.#isEnding) throw terminalGone();
    const question = { session: this.session, text, suppressBroadcast: true };
    const { status = SendTextResponse_Status.OK } = await this.#around.connection.call("sendText", question);
    if (status !== SendTextResponse_Status.OK) throw await this.#absent();
  }

  async #fetch(): Promise<Look> {
    const question = { session: this.session, lineRange: { screenContentsOnly: true }, includeStyles: true };
    const found = await this.#around.connection.call("getBuffer", question);
    if ((found.status ?? GetBufferResponse_Status.OK) !== GetBufferResponse_Status.OK) throw await this.#absent();
    const shown = toShown(found);
    const rows = shown.lines.length;
    // The answer tells no width: one that came with another height is not known yet.
    if ((this.#around.size(this.session)?.rows ?? rows) !== rows) await this.#around.look();
    const cols = this.#around.size(this.session)?.cols ?? this.#reader.last?.cols ?? 80;
    return { cols, rows, ...shown };
  }

  /** Why iTerm2 does not know the session: it is gone, or about to be, or the person may yet bring it back. */
  async #absent(): Promise<Error> {
    await this.#around.look();
    return this.#isEnding ? terminalGone() : unreachable("its pane was closed, and its command is about to end");
  }

  async #subscribe(on: boolean): Promise<void> {
    const notificationType = SubscriptionRequest_Type.SCREEN_UPDATE;
    await this.#around.connection.call("subscription", { session: this.session, subscribe: on, notificationType });
  }
}

const refOf = (session: string): string => `iterm2:${session}`;

/** The session of a ref of ours; undefined for any other text. */
export const sessionOf = (ref: string): string | undefined => /^iterm2:([0-9A-Fa-f-]{36})$/.exec(ref)?.[1];
