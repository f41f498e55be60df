import type { IncomingHttpHeaders } from "node:http";

/** The doors of the server; `panel` is every static file. */
export type Door = "mcp" | "hook" | "session" | "bridge" | "cli" | "panel";

/** What a request shows before its body is read. `path` has no query. */
export interface Ask {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** Who may come in, each at a door of its own. All compare in constant time. */
export interface Authorise {
  manager(token: string): boolean;
  /** At the command line. */
  person(token: string): boolean;
  worker(id: string, token: string): boolean;
}

export interface Rules {
  readonly port: number;
  readonly authorise: Authorise;
  /** Whether the panel has a file at this path. */
  isFile(path: string): boolean;
}

export interface Refusal {
  readonly status: number;
  /** What is wrong, and the next step. */
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `worker` is set at the hook door only. */
export interface Admitted {
  readonly door: Door;
  readonly worker: string;
}

interface DoorRule {
  readonly methods: readonly string[];
  /** Only a page of ours comes here, so its Origin must be there. */
  readonly originNeeded: boolean;
  readonly maxBody: number;
}

const MiB = 1 << 20;

const rules: Readonly<Record<Door, DoorRule>> = {
  mcp: { methods: ["POST", "GET", "DELETE"], originNeeded: false, maxBody: MiB },
  // A hook carries the whole input of a tool: a file that is written, for one.
  hook: { methods: ["POST"], originNeeded: false, maxBody: 16 * MiB },
  session: { methods: ["POST"], originNeeded: true, maxBody: MiB },
  bridge: { methods: ["GET"], originNeeded: true, maxBody: 0 },
  cli: { methods: ["POST"], originNeeded: false, maxBody: MiB },
  panel: { methods: ["GET", "HEAD"], originNeeded: false, maxBody: 0 },
};

/** The largest body a door takes, in bytes. */
export const maxBodyOf = (door: Door): number => rules[door].maxBody;

export const tooLarge = (max: number): Refusal => ({
  status: 413,
  message: `The body is over ${max} bytes. Send less.`,
});

/** Decides over a request by its head alone: Host, then Origin, path, token, method, content type, declared size. Pure. */
export function admit(ask: Ask, { port, authorise, isFile }: Rules): Admitted | Refusal {
  const foreign = refuseForeign(ask.headers, port);
  if (foreign) return foreign;
  const admitted = find(ask.path, isFile);
  if (!admitted) return nothingHere(ask.path);
  if (rules[admitted.door].originNeeded && ask.headers.origin === undefined) return noOrigin;
  return refuseToken(ask.headers, admitted, authorise) ?? refuseShape(ask, admitted.door) ?? admitted;
}

/** Host and Origin are compared with their port, so that no other local server's page passes for ours. */
function refuseForeign(headers: IncomingHttpHeaders, port: number): Refusal | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  if (!hosts.includes(headers.host ?? ""))
    return { status: 403, message: `Host must be 127.0.0.1:${port} or localhost:${port}. Use that address.` };
  const { origin } = headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) return foreignPage;
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "none" && site !== "same-origin") return foreignPage;
  return undefined;
}

const foreignPage: Refusal = {
  status: 403,
  message: "Requests of other web pages are refused. Open the panel with claude-team open.",
};

const noOrigin: Refusal = {
  status: 403,
  message: "Only the panel's own page may do this. Open it with claude-team open.",
};

const nothingHere = (path: string): Refusal => ({
  status: 404,
  message: `Nothing is at ${path.slice(0, 100)}. MCP is at /mcp, with the token that claude-team install configures; the panel opens with claude-team open.`,
});

function find(path: string, isFile: (path: string) => boolean): Admitted | undefined {
  if (path === "/mcp") return { door: "mcp", worker: "" };
  if (path === "/cli") return { door: "cli", worker: "" };
  if (path === "/bridge") return { door: "bridge", worker: "" };
  if (path === "/panel/session") return { door: "session", worker: "" };
  const worker = /^\/hook\/([A-Za-z0-9-]{1,40})$/.exec(path)?.[1];
  if (worker !== undefined) return { door: "hook", worker };
  return isFile(path) ? { door: "panel", worker: "" } : undefined;
}

function refuseToken(headers: IncomingHttpHeaders, admitted: Admitted, authorise: Authorise) {
  const token = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(headers.authorization ?? "")?.[1];
  if (isWelcome(token, admitted, authorise)) return undefined;
  return admitted.door === "cli" ? notThePerson : unknownToken;
}

function isWelcome(token: string | undefined, { door, worker }: Admitted, authorise: Authorise): boolean {
  if (door === "session" || door === "bridge" || door === "panel") return true;
  if (token === undefined) return false;
  if (door === "hook") return authorise.worker(worker, token);
  return door === "cli" ? authorise.person(token) : authorise.manager(token);
}

const unknown = (message: string): Refusal => ({
  status: 401,
  message: `The token is missing or wrong. ${message}`,
  headers: { "www-authenticate": 'Bearer realm="claude-team"' },
});

const unknownToken = unknown(
  "Run claude-team install: it has Claude Code read the token of this server. (If the server uses another home folder, give install the same --home.)",
);

const notThePerson = unknown(
  "The command line shows the person-token of this server's home: run claude-team with the same --home.",
);

function refuseShape({ method, headers }: Ask, door: Door): Refusal | undefined {
  const { methods, maxBody } = rules[door];
  if (!methods.includes(method))
    return { status: 405, message: `Use ${methods.join(" or ")} here.`, headers: { allow: methods.join(", ") } };
  if (method !== "POST") return undefined;
  if (!/^application\/json *(;|$)/i.test(headers["content-type"] ?? ""))
    return { status: 415, message: "Send the body as Content-Type: application/json." };
  return Number(headers["content-length"] ?? 0) > maxBody ? tooLarge(maxBody) : undefined;
}
