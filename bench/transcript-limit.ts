import { fstatSync, openSync, readSync, watch } from "node:fs";
import { percentile } from "./row.ts";

/** Where there is no C compiler, the limit is a bare fs.watch and a read. Run as a process of its own; prints p50 and p99 in µs. */
const [path = "", count] = process.argv.slice(2);
const fd = openSync(path, "r");
const bytes = Buffer.alloc(64 * 1024);
const took: number[] = [];
let at = fstatSync(fd).size;

const watcher = watch(path, () => {
  const length = readSync(fd, bytes, 0, bytes.length, at);
  const now = process.hrtime.bigint();
  at += length;
  for (const [, stamp] of bytes.toString("latin1", 0, length).matchAll(/"at (\d+)/g)) {
    took.push(Number(now - BigInt(stamp ?? 0)) / 1000);
  }
  if (took.length < Number(count)) return;
  console.log(`${percentile(took, 0.5)} ${percentile(took, 0.99)}`);
  watcher.close();
});
console.log("ready");
