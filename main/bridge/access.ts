export interface Access {
  /** A code for the panel's URL: good once, for 60 s. */
  mint(): string;
  /** The secret for a code; undefined when the code is unknown, used or too old. */
  exchange(code: string): string | undefined;
  /** Whether this is a secret that was given out. Takes the same time for every secret. */
  admits(secret: string): boolean;
}

/**
 * `random` gives 256 fresh bits as text that fits a URL; `sign` an authentic mark of a text that only this home can make;
 * `now` is in milliseconds.
 */
export interface AccessDeps {
  now(): number;
  random(): string;
  sign(text: string): string;
  sameSecret(known: string, given: string): boolean;
}

const codeLivesMs = 60_000;
const codesKept = 20;
const secretLivesMs = 30 * 24 * 3_600_000;

/**
 * Lets a browser page in: a single-use code from `claude-team open`, exchanged for a secret. A secret is signed, not stored, so
 * that a page finds its way back after a restart of the server; it ends after 30 days, or when the home's key is removed.
 */
export function createAccess({ now, random, sign, sameSecret }: AccessDeps): Access {
  const codes = new Map<string, number>();

  function mint(): string {
    const code = random();
    codes.set(code, now() + codeLivesMs);
    dropOldest(codes, codesKept);
    return code;
  }

  function exchange(code: string): string | undefined {
    const expires = codes.get(code);
    codes.delete(code);
    if (expires === undefined || expires < now()) return undefined;
    const ticket = `${now() + secretLivesMs}.${random()}`;
    return `${ticket}.${sign(ticket)}`;
  }

  function admits(secret: string): boolean {
    const [expires = "", nonce = "", mark = ""] = secret.split(".");
    return sameSecret(sign(`${expires}.${nonce}`), mark) && Number(expires) > now();
  }

  return { mint, exchange, admits };
}

function dropOldest(kept: Map<string, unknown>, most: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(key);
  }
}
