import { request } from "node:http";
import type { Socket } from "node:net";

/** An answer, read to its end. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  /** Sent as they are; null leaves one out that would be sent by itself. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string;
}

/** Sends what no browser and no fetch would let us send: any Host, any Origin, none. */
export function send(port: number, { method = "GET", path = "/", headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const wanted = Object.entries({ host: `127.0.0.1:${port}`, ...headers });
  const sent = Object.fromEntries(wanted.filter((entry): entry is [string, string] => entry[1] !== null));
  return new Promise((resolve, reject) => {
    const ask = request({ host: "127.0.0.1", port, method, path, headers: sent, setHost: false, agent: false });
    ask.on("error", reject);
    ask.on("upgrade", () => reject(new Error("the server took the upgrade")));
    ask.on("response", (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => {
        text += chunk;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
    });
    ask.end(body);
  });
}

/** Everything that comes until the other side hangs up. */
export function readAll(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      text += chunk;
    });
    socket.on("error", () => {}); // A reset after the answer: what came is what counts.
    socket.on("close", () => resolve(text));
  });
}

/** The status in the first line of an answer. */
export const statusIn = (answer: string): number => Number(answer.split(" ")[1]);
