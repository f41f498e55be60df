import { useEffect, useState } from "react";
import { call } from "../../store.ts";

interface Directories {
  readonly directories: readonly string[];
  readonly more: boolean;
}

const none: Directories = { directories: [], more: false };

/** What the beginning of a path may become; recent projects where nothing, or a whole recent one, is written. */
export function useDirectories(path: string, wanted: boolean): Directories {
  const recent = useRecent();
  const [found, setFound] = useState(none);
  const whole = path === "" || recent.includes(path);

  useEffect(() => {
    if (!wanted || whole) return;
    const stop = new AbortController();
    const find = async () => setFound(await call("complete", { path }, stop.signal));
    // Only a help: whoever types on needs no list.
    find().catch(() => stop.signal.aborted || setFound(none));
    return () => stop.abort();
  }, [path, wanted, whole]);

  return whole ? { directories: recent.slice(0, 8), more: false } : found;
}

function useRecent(): readonly string[] {
  const [recent, setRecent] = useState<readonly string[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    const read = async () => setRecent((await call("projects", {}, stop.signal)).map(({ path }) => path));
    // Only a help.
    read().catch(() => {});
    return () => stop.abort();
  }, []);
  return recent;
}
