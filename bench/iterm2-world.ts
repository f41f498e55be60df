import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, toBinary } from "@bufbuild/protobuf";
import { createConnect } from "../main/terminal/iterm2/connect.ts";
import { createIterm2Host } from "../main/terminal/iterm2/iterm2-host.ts";
import { createLink, type Link } from "../main/terminal/iterm2/link.ts";
import { createScripts } from "../main/terminal/iterm2/osascript.ts";
import { socketPath } from "../main/terminal/iterm2/places.ts";
import { CallSchema } from "../main/terminal/iterm2/wire/iterm2_pb.ts";
import type { TerminalHost } from "../main/terminal/terminal.ts";

/** The simulator in a process of its own, until it is disposed. */
export interface Iterm2Bench extends AsyncDisposable {
  readonly host: TerminalHost;
  /** One connection of our client's. */
  link(): Promise<Link>;
  /** Asks for the screens of these sessions at once, and reads nothing of the answers; resolves with what it takes, in ms. */
  bareScreens(sessions: readonly string[]): Promise<number>;
  /** Resolves with what so many bytes take to the other process and back, in ms. */
  echo(bytes: number): Promise<number>;
}

export async function iterm2Bench(): Promise<Iterm2Bench> {
  const farEnd = join(import.meta.dirname, "iterm2-far-end.ts");
  const child = spawn(process.execPath, ["--import", "tsx", farEnd], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
  const { env, echo } = JSON.parse(line) as { env: NodeJS.ProcessEnv; echo: string };
  const dir = mkdtempSync(join(tmpdir(), "claude-team-bench-"));
  const host = createIterm2Host({ env, dir });
  const raw = connect(echo);
  await once(raw, "connect");
  const links: Link[] = [];
  const open = createConnect({
    socket: socketPath(env),
    env,
    scripts: createScripts(env, 10_000),
    limitMs: 10_000,
  });
  const { socket: bare } = await open();
  return {
    host,
    async bareScreens(sessions) {
      const frames = sessions.map((session, at) => bufferCall(session, BigInt(at + 1)));
      const start = performance.now();
      let left = frames.length;
      const answered = new Promise<void>((done) => {
        bare.on("message", () => {
          if (--left === 0) done();
        });
      });
      for (const frame of frames) bare.send(frame);
      await answered;
      bare.removeAllListeners("message");
      return performance.now() - start;
    },
    async link() {
      const { socket } = await open();
      const nothing = () => {};
      const hears = { notified: nothing, heard: nothing, unanswered: nothing, closed: nothing };
      const link = createLink(socket, { callMs: 10_000, pingMs: 10_000, ...hears });
      links.push(link);
      return link;
    },
    async echo(bytes) {
      const start = performance.now();
      raw.write(Buffer.alloc(bytes));
      for (let back = 0; back < bytes; ) back += ((await once(raw, "data")) as [Buffer])[0].length;
      return performance.now() - start;
    },
    async [Symbol.asyncDispose]() {
      for (const link of links) link.end();
      bare.terminate();
      raw.destroy();
      await host[Symbol.asyncDispose]();
      child.stdin.end();
      await once(child, "exit");
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function bufferCall(session: string, id: bigint): Uint8Array {
  const value = { session, lineRange: { screenContentsOnly: true }, includeStyles: true };
  return toBinary(CallSchema, create(CallSchema, { id, call: { case: "getBuffer", value } }));
}
