import { useSyncExternalStore } from "react";

const everyMs = 10_000;

/** The time, renewed every ten seconds while the page can be seen; enough for ages in minutes. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => Math.floor(Date.now() / everyMs) * everyMs);
}

/** Calls back at every tick while the page can be seen, and when it is seen again. */
function subscribe(listener: () => void): () => void {
  const timer = setInterval(() => document.visibilityState === "visible" && listener(), everyMs);
  document.addEventListener("visibilitychange", listener);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", listener);
  };
}

/** Whether the person can see the page. */
export function useVisible(): boolean {
  return useSyncExternalStore(
    (listener) => {
      document.addEventListener("visibilitychange", listener);
      return () => document.removeEventListener("visibilitychange", listener);
    },
    () => document.visibilityState === "visible",
  );
}
