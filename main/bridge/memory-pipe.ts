import type { Frame, Pipe } from "../../contract/frame.ts";

/** Two ends of one pipe in memory. As over a real one, frames are copied, arrive later and in order, and wait for a listener. */
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
  let onFrame: ((frame: unknown) => void) | undefined;
  let early: unknown[] = [];

  function listen(listener: (frame: unknown) => void): void {
    onFrame = listener;
    for (const frame of early) listener(frame);
    early = [];
  }

  function deliver(frame: Frame): void {
    const copy: unknown = JSON.parse(JSON.stringify(frame));
    queueMicrotask(() => {
      if (onFrame) onFrame(copy);
      else early.push(copy);
    });
  }

  return { closed: [] as (() => void)[], listen, deliver };
}
