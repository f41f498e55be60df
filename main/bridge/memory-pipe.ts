import type { Frame, Pipe } from "../../contract/frame.ts";

/** Two ends of one pipe in memory. Frames are copied as a real transport would, and arrive in a later microtask, in order. */
export function memoryPipe(): [Pipe, Pipe] {
  const left = createEnd();
  const right = createEnd();
  let open = true;

  function close(): void {
    if (!open) return;
    open = false;
    queueMicrotask(() => {
      for (const listener of [...left.closed, ...right.closed]) listener();
    });
  }

  const pipe = (mine: End, other: End): Pipe => ({
    post(frame) {
      if (open) other.deliver(frame);
    },
    onFrame: mine.listen,
    onClose: (listener) => mine.closed.push(listener),
    close,
  });
  return [pipe(left, right), pipe(right, left)];
}

type End = ReturnType<typeof createEnd>;

function createEnd() {
  const listeners: ((frame: unknown) => void)[] = [];
  return {
    closed: [] as (() => void)[],
    listen: (listener: (frame: unknown) => void) => void listeners.push(listener),
    deliver(frame: Frame) {
      const copy: unknown = JSON.parse(JSON.stringify(frame));
      queueMicrotask(() => {
        for (const listener of listeners) listener(copy);
      });
    },
  };
}
