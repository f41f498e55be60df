import { randomBytes, randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface Cookie {
  readonly cookie: string;
  readonly key: string;
}

/** What lets clients in. Each cookie does so once. */
export interface Cookies {
  make(): Cookie;
  /** Whether it lets this client in; the cookie is used up by it. */
  spend(cookie: string | undefined): boolean;
  /** From now on no cookie is good, also those given out. */
  refuse(refused: boolean): void;
  /** “Allow all apps to connect”: the file that says so appears or goes, and nobody needs a cookie. */
  allowAll(allowed: boolean): void;
}

const seal = "61DF88DC-3423-4823-B725-22570E01C027";

/** `socket`: the API's; the file stands two folders above it. On a real Mac root owns that file. */
export function createCookies(socket: string): Cookies {
  const path = join(dirname(dirname(socket)), "disable-automation-auth");
  const good = new Set<string>();
  let isRefused = false;
  let isOpenToAll = false;
  return {
    make() {
      const made = { cookie: randomBytes(16).toString("hex"), key: randomUUID().toUpperCase() };
      good.add(made.cookie);
      return made;
    },
    spend: (cookie) => isOpenToAll || (cookie !== undefined && good.delete(cookie) && !isRefused),
    refuse(refused) {
      isRefused = refused;
    },
    allowAll(allowed) {
      isOpenToAll = allowed;
      if (allowed) writeFileSync(path, `${Buffer.from(path).toString("hex")} ${seal}`);
      else rmSync(path, { force: true });
    },
  };
}
