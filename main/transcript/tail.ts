import { closeSync } from "node:fs";
import { setImmediate as nextRound } from "node:timers/promises";
import { type Cutter, createCutter, type EachLine } from "./lines.ts";
import { bytesBefore, lookAt, type OpenFile, openFile, readInto, rests } from "./open-file.ts";
import { type Sweep, sweep } from "./sweep.ts";
import { type PathWatch, watchPath } from "./watch.ts";

export interface TailListener {
  /** Called while the shared buffer is in use: it must not lead to another read. */
  readonly line: EachLine;
  /** Some lines were told; now anything may be done. */
  told(): void;
  /** After some of them, before the loop goes round. */
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

/** Tells every line appended to a file, each byte once, woken by events; a sweep finds what no event told. */
export class Tail implements Disposable {
  readonly #path: string;
  readonly #listener: TailListener;
  readonly #watch: PathWatch;
  readonly #sweep: Sweep;
  #cutter: Cutter;
  #offset: number;
  /** The bytes before the offset: a file cut and grown again behind our back has others there. */
  #print: Buffer = Buffer.alloc(0);
  #fd: number | undefined;
  #ino = 0;
  /** Whether there was a file before. */
  #seen: boolean;
  #again: NodeJS.Immediate | undefined;
  #ended = false;

  constructor(path: string, { offset, file, torn }: TailStart, listener: TailListener) {
    this.#path = path;
    this.#listener = listener;
    this.#offset = offset;
    this.#cutter = createCutter(offset - (torn?.length ?? 0), torn);
    this.#seen = file !== undefined;
    if (file) this.#take(file);
    this.#watch = watchPath(path, () => this.wake());
    this.#sweep = sweep(() => {
      if (this.#fd === undefined || !rests(this.#fd, this.#offset)) this.start();
    });
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
    this.#sweep[Symbol.dispose]();
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
    if (this.#ended || (this.#fd === undefined && !this.#begin())) return false;
    let read = this.#read();
    const told = read > 0;
    const isMore = (): boolean => !this.#ended && read >= chunk.length - printLength;
    for (let i = 1; i < chunksPerRound && isMore(); i++) read = this.#read();
    if (told && !this.#ended) this.#listener.rest();
    return isMore();
  }

  /** Reads once and tells the lines; how many bytes were new. */
  #read(): number {
    if (this.#fd === undefined) return 0;
    // The last bytes of before are read again with the new ones: they must be the same.
    const known = this.#print.length;
    const read = readInto(this.#fd, chunk, this.#offset - known) - known;
    if (read <= 0) return this.#check();
    if (!chunk.subarray(0, known).equals(this.#print)) return this.#restart();
    this.#sweep.stir();
    this.#offset += read;
    this.#print = Buffer.from(chunk.subarray(Math.max(0, known + read - printLength), known + read));
    this.#cutter.feed(chunk.subarray(known, known + read), this.#listener.line);
    this.#listener.told();
    return read;
  }

  /** The file came to be. */
  #begin(): boolean {
    const file = openFile(this.#path);
    if (!file) return false;
    this.#take(file);
    if (this.#seen) this.#restart();
    this.#seen = true;
    return !this.#ended;
  }

  #take({ fd, ino }: OpenFile): void {
    this.#fd = fd;
    this.#ino = ino;
    this.#print = bytesBefore(fd, this.#offset, printLength);
  }

  /** Nothing new: is it still the same file? */
  #check(): 0 {
    const now = lookAt(this.#path);
    if (!now) return this.#gone();
    return now.ino === this.#ino && now.size >= this.#offset ? 0 : this.#restart();
  }

  /** Removed: it may come again under the same name. */
  #gone(): 0 {
    this.#close();
    this.#watch.aim();
    return 0;
  }

  #restart(): 0 {
    this[Symbol.dispose]();
    this.#listener.restarted();
    return 0;
  }

  #close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}
