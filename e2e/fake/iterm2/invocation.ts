/** A call of one of iTerm2's functions, as `iterm2.set_title(title: "x")`. */
export interface Invocation {
  readonly name: string;
  readonly given: Readonly<Record<string, unknown>>;
}

const argument = /\s*(\w+)\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null)\s*(,|$)/sy;

/** Undefined for text that is no call, or has other arguments than literals. */
export function parseInvocation(text: string): Invocation | undefined {
  const [, name, inner] = /^\s*([\w.]+)\s*\((.*)\)\s*$/s.exec(text) ?? [];
  if (!name || inner === undefined) return undefined;
  const given: Record<string, unknown> = {};
  for (argument.lastIndex = 0; argument.lastIndex < inner.trimEnd().length; ) {
    const [, key, value] = argument.exec(inner) ?? [];
    if (!key || !value) return undefined;
    given[key] = value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/gs, "$1") : JSON.parse(value);
  }
  return { name, given };
}
