import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { createOnce, writeAtomic } from "./atomic.ts";
import type { HomePaths } from "./paths.ts";
import { needPrivate, unsafe } from "./private.ts";

/** 256 bits as base64url. */
const shape = /^[\w-]{43}$/;
const removal = "remove it, and start again";

/** The token in this file; undefined when there is none yet. Throws HOME_UNSAFE when others could have read it or it is damaged. */
export async function readToken(path: string): Promise<string | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw unsafe(`${path} cannot be opened (${cause.code})`, removal, cause);
  });
  if (!file) return undefined;
  try {
    needPrivate(path, await file.stat(), "600");
    const token = (await file.readFile("utf8")).trim();
    if (shape.test(token)) return token;
  } finally {
    await file.close();
  }
  throw unsafe(`${path} is damaged`, removal);
}

/** The token in this file, made at the first call. */
export async function ensureToken(path: string): Promise<string> {
  const known = await readToken(path);
  if (known) return known;
  await createOnce(path, randomBytes(32).toString("base64url"));
  return ensureToken(path);
}

/** A new token in the place of the old one, and what it is. */
export async function replaceToken(path: string): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await writeAtomic(path, token);
  return token;
}

/** Writes `auth-header`, which Claude Code runs as `headersHelper` at each connect and after each 401 (Claude Code 2.1.330). */
export async function ensureAuthHeader(paths: HomePaths): Promise<void> {
  const script = [
    "#!/bin/sh",
    "# Claude Code runs this for the header of its connection to claude-team; the token stays out of its configuration.",
    `token=$(cat ${paths.token}) || exit 1`,
    `printf '{"Authorization":"Bearer %s"}\\n' "$token"`,
    "",
  ].join("\n");
  if (await isScript(paths.authHeader, script)) return;
  await writeAtomic(paths.authHeader, script, 0o700);
}

async function isScript(path: string, script: string): Promise<boolean> {
  try {
    return ((await stat(path)).mode & 0o777) === 0o700 && (await readFile(path, "utf8")) === script;
  } catch {
    // Missing or not readable: it is written anew.
    return false;
  }
}
