import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";

type Upgrade = Pick<IncomingMessage, "method" | "url" | "httpVersion" | "headers" | "rawHeaders">;

/** Why iTerm2 refuses to upgrade, with the whole of what it answers: no headers, no body. */
export interface Refusal {
  readonly status: 400 | 401 | 406;
  readonly because: string;
}

const reasons = { 400: "Bad Request", 401: "Unauthorized", 406: "Unacceptable (upgrade Python library)" } as const;
const hosts = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const longestHeader = 4096;
const mostHeaders = 100;
const oldestPython = 0.24;

export const refusalBytes = ({ status }: Refusal): string => `HTTP/1.1 ${status} ${reasons[status]}\r\n\r\n`;

/** Judges the request as iTerm2 3.5 to 3.7 does, but for the cookie; undefined when nothing is wrong with it. */
export function faultOf(request: Upgrade): Refusal | undefined {
  const wrong = ruleBroken(request);
  if (wrong) return { status: 400, because: wrong };
  const [name, version] = (request.headers["x-iterm2-library-version"] as string).split(" ");
  if (name === "python" && Number(version) < oldestPython)
    return { status: 406, because: `python ${version} is too old` };
  return undefined;
}

function ruleBroken({ method, url, httpVersion, headers, rawHeaders }: Upgrade): string | undefined {
  const is = (name: string, value: string) => headers[name]?.toString().toLowerCase() === value;
  const rules: [boolean, string][] = [
    [method === "GET" && url === "/" && httpVersion === "1.1", "the first line is not GET / HTTP/1.1"],
    [headers["content-length"] === undefined, "there is a Content-Length"],
    [rawHeaders.length / 2 < mostHeaders, "there are too many headers"],
    [rawHeaders.every((_, i) => lengthAt(rawHeaders, i) < longestHeader), "a header is too long"],
    [hosts.test(headers.host ?? ""), "Host is not this machine"],
    [is("upgrade", "websocket"), "Upgrade is not websocket"],
    [is("connection", "upgrade"), "Connection is not Upgrade alone"],
    [Boolean(headers["sec-websocket-key"]), "there is no Sec-WebSocket-Key"],
    [Number(headers["sec-websocket-version"]) >= 13, "Sec-WebSocket-Version is below 13"],
    [headers["sec-websocket-protocol"] === "api.iterm2.com", "Sec-WebSocket-Protocol is not api.iterm2.com alone"],
    [isLocal(headers.origin), "Origin is not localhost"],
    [
      /^\S+ \d+(\.\d+)?$/.test(String(headers["x-iterm2-library-version"] ?? "")),
      "x-iterm2-library-version is not a name and a number",
    ],
  ];
  return rules.find(([holds]) => !holds)?.[1];
}

const lengthAt = (raw: readonly string[], at: number) => (at % 2 === 1 ? 0 : `${raw[at]}: ${raw[at + 1]}\r\n`.length);

function isLocal(origin: string | undefined): boolean {
  return origin !== undefined && URL.canParse(origin) && new URL(origin).hostname === "localhost";
}

/** The answer to an upgrade that is let in. */
export function acceptance(key: string, protocolVersion: string): string {
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  return [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Accept: ${accept}`,
    "Sec-WebSocket-Protocol: api.iterm2.com",
    `X-iTerm2-Protocol-Version: ${protocolVersion}`,
    "\r\n",
  ].join("\r\n");
}
