export interface Access {
  /** A code for the panel's URL: good once, for 60 s. */
  mint(): string;
  /** The secret for a code; undefined when the code is unknown, used or too old. */
  exchange(code: string): string | undefined;
  /** Whether this is a secret that was given out. Takes the same time for every secret. */
  admits(secret: string): boolean;
}

/** `random` gives 256 fresh bits as text that fits a URL; `now` is in milliseconds. */
export interface AccessDeps {
  now(): number;
  random(): string;
}

const codeLivesMs = 60_000;
const codesKept = 20;
const secretsKept = 100;

/** Lets a browser page in: a single-use code from `claude-team open`, exchanged for a secret that lives as long as this process. */
export function createAccess({ now, random }: AccessDeps): Access {
  const codes = new Map<string, number>();
  const secrets = new Set<string>();

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
    const secret = random();
    secrets.add(secret);
    dropOldest(secrets, secretsKept);
    return secret;
  }

  function admits(secret: string): boolean {
    let admitted = false;
    for (const known of secrets) admitted = sameText(known, secret) || admitted;
    return admitted;
  }

  return { mint, exchange, admits };
}

/** Looks at every character whatever differs, so that time tells nothing of where. */
function sameText(known: string, given: string): boolean {
  let difference = known.length ^ given.length;
  for (let i = 0; i < known.length; i++) difference |= known.charCodeAt(i) ^ given.charCodeAt(i);
  return difference === 0;
}

function dropOldest(kept: Map<string, unknown> | Set<string>, most: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(key);
  }
}
