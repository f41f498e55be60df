import { createHash, timingSafeEqual } from "node:crypto";

/** Whether two secrets are the same; takes the same time wherever they differ, and however long they are. */
export function sameToken(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted));
}

const digest = (text: string) => createHash("sha256").update(text).digest();
