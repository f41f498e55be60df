import { readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Size } from "./popover/place.ts";

/** What the app remembers of its own from one run to the next. Losing it costs nothing but habits. */
export interface KeptValues {
  /** As the person left the popover; null until they changed it. */
  readonly size: Size | null;
  readonly pinned: boolean;
  /** The setting that was last handed to the system's login items. */
  readonly launchAtLogin: boolean;
}

export interface Kept {
  readonly values: KeptValues;
  change(values: Partial<KeptValues>): void;
}

/** Opens the file at this path. One that is missing or foreign counts as empty; one that cannot be written is told to `report`. */
export function openKept(path: string, report: (where: string, cause: unknown) => void): Kept {
  let values = read(path);
  return {
    get values() {
      return values;
    },
    change(changed) {
      values = { ...values, ...changed };
      try {
        writeFileSync(`${path}.new`, JSON.stringify(values), { mode: 0o600 });
        renameSync(`${path}.new`, path);
      } catch (cause) {
        report("kept", cause);
      }
    },
  };
}

function read(path: string): KeptValues {
  const { size, pinned, launchAtLogin } = parse(path);
  return { size: isSize(size) ? size : null, pinned: pinned === true, launchAtLogin: launchAtLogin === true };
}

function parse(path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    // The first start, or torn: defaults do.
    return {};
  }
}

function isSize(value: unknown): value is Size {
  if (typeof value !== "object" || value === null || !("width" in value && "height" in value)) return false;
  return [value.width, value.height].every((side) => typeof side === "number" && side >= 100 && side <= 10_000);
}
