import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { sentinel } from "./fake-electron.ts";

interface Entry {
  readonly files?: Record<string, Entry>;
  readonly size?: number;
  readonly offset?: string;
  readonly unpacked?: boolean;
  readonly executable?: boolean;
}

export interface PackedFile {
  readonly path: string;
  readonly size: number;
  readonly unpacked: boolean;
  /** Null when it stands beside the archive. */
  read(): string | null;
}

export interface Archive {
  readonly files: readonly PackedFile[];
  /** SHA-256 of the header, in hex, which Electron compares at its start. */
  readonly headerHash: string;
}

/** Reads an asar archive: four sizes, a header in JSON, then the files. */
export function readAsar(path: string): Archive {
  const bytes = readFileSync(path);
  const header = bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString("utf8");
  const begin = 8 + bytes.readUInt32LE(4);
  const root = JSON.parse(header) as Entry;
  return { files: [...walk(root, "", bytes, begin)], headerHash: createHash("sha256").update(header).digest("hex") };
}

function* walk(entry: Entry, path: string, bytes: Buffer, begin: number): Generator<PackedFile> {
  for (const [name, child] of Object.entries(entry.files ?? {})) {
    const at = path ? `${path}/${name}` : name;
    if (child.files) yield* walk(child, at, bytes, begin);
    else yield packedFile(at, child, bytes, begin);
  }
}

function packedFile(path: string, { size = 0, offset, unpacked = false }: Entry, bytes: Buffer, begin: number) {
  const from = begin + Number(offset);
  const read = () => (unpacked ? null : bytes.subarray(from, from + size).toString("utf8"));
  return { path, size, unpacked, read };
}

const fuses = [
  ...["runAsNode", "cookieEncryption", "nodeOptions", "nodeInspect", "asarIntegrity", "onlyAsar"],
  ...["browserSnapshot", "fileProtocolPrivileges", "wasmTrapHandlers"],
];

/** The names of the fuses that are on, as a binary of Electron tells them. */
export function fusesOn(binary: string): string[] {
  const bytes = readFileSync(binary);
  const at = bytes.indexOf(sentinel) + sentinel.length;
  const signs = bytes.subarray(at + 2, at + 2 + (bytes[at + 1] ?? 0)).toString("latin1");
  return fuses.filter((_, index) => signs[index] === "1");
}

/** What stands behind a key of a property list in XML: its element with all in it. */
export function plistValue(path: string, key: string): string | undefined {
  const text = readFileSync(path, "utf8");
  const behind = text.split(`<key>${key}</key>`)[1]?.trimStart() ?? "";
  const [whole, tag = ""] = /^<(\w+)[^>]*>/.exec(behind) ?? [];
  if (whole?.endsWith("/>")) return whole;
  return whole && behind.slice(0, behind.indexOf(`</${tag}>`) + tag.length + 3);
}
