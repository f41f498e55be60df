const sweepMs = 2000;
const looks = new Set<() => void>();
let timer: NodeJS.Timeout | undefined;

/** Calls `look` every 2 s until disposed. One timer serves all tails: fifty would wake an idle process 25 times a second. */
export function sweep(look: () => void): Disposable {
  looks.add(look);
  timer ??= setInterval(() => {
    for (const each of [...looks]) each();
  }, sweepMs).unref();
  return {
    [Symbol.dispose]() {
      looks.delete(look);
      if (looks.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
}
