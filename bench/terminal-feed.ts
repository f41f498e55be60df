import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "@lydell/node-pty";
import { createPtyHost } from "../main/terminal/pty/pty-host.ts";
import type { TerminalHost } from "../main/terminal/terminal.ts";
import { atLeast, median, type Row } from "./row.ts";
import { timed } from "./terminal-timing.ts";
import { type TmuxBench, tmuxBench } from "./tmux-world.ts";

const megabytes = 12;
const runs = 5;

/**
 * term.feed: MB/s through an embedded terminal, over a bare pseudo-terminal; feed.tmux: through a tmux terminal of ours, over a
 * tmux pane that nobody has to do with. In turns.
 */
export async function measureTerminalFeed(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "claude-team-bench-"));
  const file = join(folder, "output");
  const size = writeOutput(file);
  const host = createPtyHost();
  await using tmux = tmuxBench();
  try {
    const [bare, embedded, inTmux, bareTmux]: [number[], number[], number[], number[]] = [[], [], [], []];
    for (let run = 0; run < runs; run++) {
      bare.push(await timed(() => throughBare(file, size)));
      embedded.push(await timed(() => throughScreen(host, file)));
      inTmux.push(await timed(() => throughScreen(tmux.host, file)));
      bareTmux.push(await timed(() => throughBareTmux(tmux, file)));
    }
    const speed = (ms: number[]) => `${Math.round((size / 1e6 / median(ms)) * 1000)} MB/s`;
    const ratio = (ours: number[], limit: number[]) => median(limit) / median(ours);
    const note = `bare ${speed(bare)}`;
    return [
      atLeast("term.feed", ratio(embedded, bare), 0.25, `with a screen ${speed(embedded)}, ${note}`),
      atLeast("feed.tmux", ratio(inTmux, bareTmux), 0.7, `ours ${speed(inTmux)}, tmux ${speed(bareTmux)}, ${note}`),
    ];
  } finally {
    await host[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  }
}

/** Its drawing is what limits it: tmux knows what is on a screen also while nobody looks. */
async function throughBareTmux({ command }: TmuxBench, file: string): Promise<void> {
  await command("new-session", "-d", "-x", "120", "-y", "40", `cat '${file}'; tmux wait-for -S fed`);
  await command("wait-for", "fed");
}

/** Coloured log lines and redrawn frames, half and half, as Claude Code and the tools it runs write them. */
function writeOutput(file: string): number {
  const log = Array.from({ length: 40 }, (_, i) => `\x1b[32m✓\x1b[0m test ${i} \x1b[2m(${i * 7} ms)\x1b[22m — ok\n`);
  const frame = Array.from(
    { length: 20 },
    (_, i) => `\x1b[${i + 1};1H\x1b[38;2;215;119;87m│\x1b[39m line ${i} of a frame\x1b[K`,
  );
  const block = log.join("") + frame.join("");
  const text = block.repeat(Math.ceil((megabytes * 1e6) / Buffer.byteLength(block)));
  writeFileSync(file, text);
  // The terminal makes CR LF of each line end.
  return Buffer.byteLength(text.replaceAll("\n", "\r\n"));
}

/** Until every byte was read. */
function throughBare(file: string, size: number): Promise<void> {
  const pty = spawn("/bin/sh", ["-c", `cat '${file}'; exec sleep 60`], { cols: 120, rows: 40 });
  let left = size;
  return new Promise((done) => {
    pty.onExit(() => done());
    pty.onData((data) => {
      left -= Buffer.byteLength(data);
      if (left <= 0) pty.kill("SIGKILL");
    });
  });
}

async function throughScreen(host: TerminalHost, file: string): Promise<void> {
  const argv: [string, ...string[]] = ["cat", file];
  const terminal = await host.open(
    { argv, cwd: tmpdir(), env: { PATH: process.env.PATH ?? "" } },
    { name: "bench", place: { at: "auto" }, mark: "bench" },
  );
  await new Promise((done) => void terminal.onExit(done));
}
