import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TerminalHost } from "../../main/terminal/terminal.ts";
import { exitOf, open, scratch, sh, shows, textOf } from "./terminal-probe.ts";

type Host = () => TerminalHost;

export function showing(host: Host): void {
  test("shows text with its colours and marks as runs", async () => {
    const print = String.raw`printf 'a\033[1;31mb\033[38;5;200;44mc\033[0m\033[38;2;1;2;3;48;2;250;251;252md\033[0;2;3;4;7;9me\033[0m  '`;
    const terminal = await sh(host(), print);
    await exitOf(terminal);
    expect((await terminal.screen()).lines[0]).toEqual([
      { text: "a" },
      { text: "b", fg: 1, bold: true },
      { text: "c", fg: 200, bg: 4, bold: true },
      { text: "d", fg: "#010203", bg: "#fafbfc" },
      { text: "e", dim: true, italic: true, underline: true, inverse: true, strike: true },
    ]);
  });

  test("shows a wide character as one, keeps what combines together, and places the cursor", async () => {
    const terminal = await sh(host(), String.raw`printf '\n日本 👍e\314\201x'; exec cat`);
    const screen = await shows(terminal, "x");
    expect(textOf(screen).normalize("NFC")).toBe("\n日本 👍éx");
    expect(screen.cursor).toEqual({ row: 1, col: 9 });
    await terminal.close();
  });

  test("shows the alternate screen, and the one before it again", async () => {
    const terminal = await sh(
      host(),
      String.raw`printf 'before\033[?1049h\033[Hinside'; read x; printf '\033[?1049l'; exec cat`,
    );
    expect(textOf(await shows(terminal, "inside"))).toBe("inside");
    await terminal.type("\r");
    expect(textOf(await shows(terminal, "before"))).toContain("before");
    await terminal.close();
  });

  test("leaves blank ends out, and has one entry a row", async () => {
    const terminal = await sh(host(), String.raw`printf 'a   \033[41m \033[0m   \n\033[3Cb'`);
    await exitOf(terminal);
    const { lines, rows } = await terminal.screen();
    expect(lines).toHaveLength(rows);
    expect(lines.slice(0, 3)).toEqual([[{ text: "a   " }, { text: " ", bg: 1 }], [{ text: "   b" }], []]);
  });

  test("answers the command's question for the cursor's place", async () => {
    const ask = String.raw`stty raw -echo; printf 'ab\033[6n'; dd bs=1 count=6 2>/dev/null | od -An -c; stty sane`;
    const { lastWords } = await exitOf(await sh(host(), ask));
    expect(lastWords.replace(/\s+/g, "")).toBe("ab033[1;3R");
  });

  test("tells the command of a new size", async () => {
    const code = `
      process.stdin.resume();
      process.stdout.on("resize", () => console.log("now", process.stdout.getWindowSize().join("x")));
      console.log("ready");`;
    const terminal = await open(host(), [process.execPath, "-e", code]);
    await shows(terminal, "ready");
    await terminal.resize(91, 17);
    const screen = await shows(terminal, "now 91x17");
    expect([screen.cols, screen.rows, screen.lines.length]).toEqual([91, 17, 17]);
    await terminal.close();
  });
}

export function watching(host: Host): void {
  test("its screen has a new revision exactly when something changed", async () => {
    const terminal = await sh(host(), "stty raw -echo; echo one; while :; do dd bs=1 count=1 2>/dev/null; done");
    const one = await shows(terminal, "one");
    expect((await terminal.screen()).rev).toBe(one.rev);
    await terminal.type("z");
    const two = await shows(terminal, "z");
    expect(two.rev).toBeGreaterThan(one.rev);
    await terminal.close();
  });

  test("tells changes to those who still listen", async () => {
    const terminal = await sh(host(), "echo ready; exec cat");
    await shows(terminal, "ready");
    let told = 0;
    terminal.onChange(() => told++)[Symbol.dispose]();
    await terminal.type("more\r");
    await shows(terminal, "more");
    await terminal.close();
    expect(told).toBe(0);
  });

  test("comes to the person's eyes when asked, where there are any", async () => {
    const terminal = await sh(host(), "exec cat");
    await terminal.focus?.();
    await terminal.close();
  });

  test("takes a name and a second one", async () => {
    const terminal = await sh(host(), "exec cat");
    await terminal.name("worker ✳ 'one'");
    await terminal.name("two");
    await terminal.close();
  });
}

export function typing(host: Host): void {
  /** Every kind of byte that a keyboard or a paste may send, as text. */
  const every = `${Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).join("")}é日本👨‍👩‍👧\x1b[200~x\x1b[201~`;

  async function typed(text: string): Promise<string> {
    const out = join(scratch(), "typed");
    const size = Buffer.byteLength(text);
    const terminal = await sh(host(), `stty raw -echo; echo ready; head -c ${size} > '${out}'`);
    await shows(terminal, "ready");
    await terminal.type(text);
    await exitOf(terminal);
    return readFileSync(out, "utf8");
  }

  test("types exactly the characters given", async () => {
    expect(await typed(every)).toBe(every);
  });

  test("types 200 kB without losing, doubling or turning a byte", async () => {
    const text = Array.from({ length: 200_000 / 20 }, (_, i) => `${i}`.padStart(8, ".").concat(" é日👍\n")).join("");
    expect((await typed(text)) === text).toBe(true);
  });

  test("types several texts in the order given", async () => {
    const out = join(scratch(), "typed");
    const texts = Array.from({ length: 200 }, (_, i) => `${i},`);
    const terminal = await sh(host(), `stty raw -echo; echo ready; head -c ${texts.join("").length} > '${out}'`);
    await shows(terminal, "ready");
    await Promise.all(texts.map((text) => terminal.type(text)));
    await exitOf(terminal);
    expect(readFileSync(out, "utf8")).toBe(texts.join(""));
  });

  test("refuses to type after the end", async () => {
    const terminal = await sh(host(), "exit 0");
    await exitOf(terminal);
    await expect(terminal.type("x")).rejects.toMatchObject({ code: "TERMINAL_GONE" });
  });
}
