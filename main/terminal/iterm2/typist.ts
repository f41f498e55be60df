/** UTF-16 units in one call: iTerm2 queues what a program does not read yet, so that the size is for the wire only. */
const longest = 16 * 1024;

/** Texts of one session, one after another. */
export function createTypist(send: (text: string) => Promise<void>): (text: string) => Promise<void> {
  let before: Promise<unknown> = Promise.resolve();
  return (text) => {
    const typed = before.then(async () => {
      for (const piece of pieces(text)) await send(piece);
    });
    before = typed.catch(() => undefined); // Its caller is told; the next one's text is another matter.
    return typed;
  };
}

/** In pieces that cut no character in half. */
export function pieces(text: string, most = longest): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + most, text.length);
    if (end < text.length && /[\ud800-\udbff]/.test(text[end - 1] ?? "")) end++;
    found.push(text.slice(at, end));
    at = end;
  }
  return found;
}
