import { tmpdir } from "node:os";
import { spawn } from "@lydell/node-pty";
import { createPtyHost } from "../main/terminal/pty/pty-host.ts";
import { atMost, type Row } from "./row.ts";

const exits = 20;
/** 200 kB in numbered rows, and gone. */
const script = `awk 'BEGIN { for (i = 10001; i <= 20000; i++) print "row", i, "4567890" }'`;
const lastRow = "row 20000 4567890";

/** term.lossless: of 20 commands that write 200 kB and exit while we are busy, how many lost their last row; the bare library beside it. */
export async function measureTerminalLossless(): Promise<Row[]> {
  let ours = 0;
  let bare = 0;
  for (let run = 0; run < exits; run++) {
    if (!(await lastRowOfOurs())) ours++;
    if (!(await lastRowOfBare())) bare++;
  }
  return [atMost("term.lossless", ours, 0, `bare node-pty lost the end of ${bare} of ${exits}`)];
}

/** What a busy process does to its terminals: nothing is read for a while, again and again. */
function busy(): Disposable {
  const timer = setInterval(() => {
    const end = performance.now() + 4;
    while (performance.now() < end);
  }, 4);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

async function lastRowOfOurs(): Promise<boolean> {
  using _busy = busy();
  const host = createPtyHost();
  const command = { argv: ["/bin/sh", "-c", script] as [string, ...string[]], cwd: tmpdir(), env: {} };
  const terminal = await host.open(command, { name: "bench", place: { at: "auto" }, mark: "bench" });
  const { lastWords } = await new Promise<{ lastWords: string }>((done) => void terminal.onExit(done));
  return lastWords.endsWith(lastRow);
}

async function lastRowOfBare(): Promise<boolean> {
  using _busy = busy();
  const pty = spawn("/bin/sh", ["-c", script], { cols: 120, rows: 40 });
  let tail = "";
  pty.onData((data) => {
    tail = (tail + data).slice(-1000);
  });
  await new Promise((done) => void pty.onExit(done));
  return tail.trimEnd().endsWith(lastRow);
}
