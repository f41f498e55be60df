import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** The limit of a call over HTTP: node:http and JSON, nothing else. Run as a process of its own; tells its port. */
const server = createServer(async (req, res) => {
  const { id } = (await json(req)) as { id: number };
  const answer = JSON.stringify({ jsonrpc: "2.0", id, result: {} });
  res.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(answer) });
  res.end(answer);
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
