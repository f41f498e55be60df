import { closeSync } from "node:fs";
import { setImmediate as nextRound } from "node:timers/promises";
import { type Cutter, createCutter, type EachLine } from "./lines.ts";
import { bytesBefore, lookAt, type OpenFile, openFile, readInto } from "./open-file.ts";
import { type PathWatch, watchPath } from "./watch.ts";

export interface TailListener {
  readonly line: EachLine;
  /** Some lines were told, and for now there are no more. */
  rest(): void;
  /** It is another file than before: cut shorter, written anew, or replaced. This tail has ended. */
  restarted(): void;
}

/** Where to begin: an open file with what was read of it, or a file that need not exist yet. */
export interface TailStart {
  readonly offset: number;
  readonly file?: OpenFile;
  /** What was read of the line that goes on at `offset`. */
  readonly torn?: Buffer;
}

/** Reads are synchronous, so one buffer serves all tails. */
const chunk = Buffer.allocUnsafe(64 * 1024);
const chunksPerRound = 16;
const printLength = 64;
const sweepMs = 2000;

/** Tells every line appended to a file, each byte once, woken by events; a sweep finds what no event told. */
export class Tail implements Disposable {
  readonly #path: string;
  readonly #listener: TailListener;
  readonly #watch: PathWatch;
  readonly #sweep: NodeJS.Timeout;
  #cutter: Cutter;
  #offset: number;
  /** The bytes before the offset: a file cut and grown again behind our back has others there. */
  #print: Buffer = Buffer.alloc(0);
  #fd: number | undefined;
  #ino: number | undefined;
  #again: NodeJS.Immediate | undefined;
  #ended = false;

  constructor(path: string, { offset, file, torn }: TailStart, listener: TailListener) {
    this.#path = path;
    this.#listener = listener;
    this.#offset = offset;
    this.#cutter = createCutter(offset - (torn?.length ?? 0), torn);
    if (file) this.#take(file);
    this.#watch = watchPath(path, () => this.wake());
    this.#sweep = setInterval(() => this.start(), sweepMs).unref();
  }

  /** Up to where whole lines were told. */
  get end(): number {
    return this.#cutter.start;
  }

  /** Reads what is there now, in pieces, between which the loop goes round. */
  wake(): void {
    clearImmediate(this.#again);
    if (this.#round()) this.#again = setImmediate(() => this.wake());
  }

  /** Resolves when all that is there now has been told. */
  async drain(): Promise<void> {
    while (this.#round()) await nextRound();
  }

  [Symbol.dispose](): void {
    this.#ended = true;
    this.#watch[Symbol.dispose]();
    clearInterval(this.#sweep);
    clearImmediate(this.#again);
    this.#close();
  }

  /** Begins to watch, and reads what is there already. */
  start(): void {
    this.#watch.aim();
    this.wake();
  }

  /** Reads a bounded piece, so that the loop is never held up; true when there is more. */
  #round(): boolean {
    if (this.#ended || !this.#isThere()) return false;
    const more = this.#read();
    if (!more) this.#listener.rest();
    return more;
  }

  /** Whether the file is there, is the one read so far, and has grown. */
  #isThere(): boolean {
    const now = lookAt(this.#path);
    if (!now) return this.#gone();
    if (this.#fd === undefined) {
      const file = openFile(this.#path);
      if (!file) return false;
      if (this.#ino !== undefined) return this.#restart(file);
      this.#take(file);
    }
    if (now.ino !== this.#ino || now.size < this.#offset) return this.#restart();
    if (now.size === this.#offset) return false;
    return this.#isSame() || this.#restart();
  }

  #take(file: OpenFile): void {
    this.#fd = file.fd;
    this.#ino = file.ino;
    this.#print = bytesBefore(file.fd, this.#offset, printLength);
  }

  #isSame(): boolean {
    return this.#fd !== undefined && bytesBefore(this.#fd, this.#offset, printLength).equals(this.#print);
  }

  #read(): boolean {
    for (let i = 0; i < chunksPerRound && this.#fd !== undefined; i++) {
      const read = readInto(this.#fd, chunk, this.#offset);
      if (read === 0) return false;
      this.#offset += read;
      this.#print = Buffer.concat([this.#print, chunk.subarray(Math.max(0, read - printLength), read)]).subarray(
        -printLength,
      );
      this.#cutter.feed(chunk.subarray(0, read), this.#listener.line);
      if (read < chunk.length) return false;
    }
    return this.#fd !== undefined;
  }

  #gone(): false {
    this.#close();
    this.#watch.aim();
    return false;
  }

  #restart(file?: OpenFile): false {
    if (file) closeSync(file.fd);
    this[Symbol.dispose]();
    this.#listener.restarted();
    return false;
  }

  #close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}
