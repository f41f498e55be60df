import { createServer } from "node:net";
import { join } from "node:path";
import { startIterm2 } from "../e2e/fake/iterm2/iterm2.ts";

// A process of its own: the simulator, and beside it a socket that sends back what it gets. Ends with its standard input.

const delays = { launch: 0, repaint: 0, idleRepaint: 1, quiet: 60_000, fullscreen: 0 };
const iterm2 = await startIterm2({ delays });
const echo = join(iterm2.home, "echo");
const server = createServer((socket) => socket.on("error", () => undefined).pipe(socket));
await new Promise<void>((done) => void server.listen(echo, done));
process.stdout.write(`${JSON.stringify({ env: { HOME: iterm2.home, ...iterm2.env }, echo })}\n`);

process.stdin.resume().once("end", async () => {
  await iterm2[Symbol.asyncDispose]();
  process.exit(0);
});
