import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { Readable } from "node:stream";

/**
 * `fetch` for a server on this machine: no time limit (Node's own gives up after 300 s without a byte, and a wait may be silent
 * for an hour), and a new connection each time, since one kept open may belong to a server that has ended.
 */
export async function localFetch(url: string | URL, init: RequestInit = {}): Promise<Response> {
  const { method = "GET", body, signal } = init;
  const headers = Object.fromEntries(new Headers(init.headers));
  const sent = request(url, { method, headers, agent: false, ...(signal && { signal }) });
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const { statusCode: status = 500 } = response;
  const told = Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)]);
  // These carry no body, and a Response that is given one throws.
  const empty = status === 204 || status === 205 || status === 304;
  if (empty) response.resume();
  return new Response(empty ? null : (Readable.toWeb(response) as ReadableStream), { status, headers: told });
}
