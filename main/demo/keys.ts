/** What a person, or a program, did at the keyboard. */
export type Key =
  | { readonly is: "char" | "paste"; readonly text: string }
  | { readonly is: "enter" | "newline" | "escape" | "tab" | "backspace" | "up" | "down" | "left" | "right" }
  | { readonly is: "control"; readonly letter: string };

const pasteStart = "\u001b[200~";
const pasteEnd = "\u001b[201~";
const arrows: Record<string, Key> = {
  A: { is: "up" },
  B: { is: "down" },
  C: { is: "right" },
  D: { is: "left" },
};
const singles: Record<string, Key> = {
  "\r": { is: "enter" },
  "\n": { is: "newline" },
  "\t": { is: "tab" },
  "\u007f": { is: "backspace" },
  "\b": { is: "backspace" },
};

/** Reads a terminal's input. A paste may come in several chunks; an Esc that ends a chunk is the Esc key. */
export function createKeyReader(): (chunk: string) => Key[] {
  let rest = "";

  return (chunk) => {
    const keys: Key[] = [];
    rest += chunk;
    while (rest) {
      const read = rest.startsWith(pasteStart) ? readPaste(rest) : readKey(rest);
      if (!read) break;
      keys.push(...read.keys);
      rest = rest.slice(read.length);
    }
    return keys;
  };
}

interface Read {
  readonly keys: readonly Key[];
  readonly length: number;
}

/** undefined while its end has not come. */
function readPaste(input: string): Read | undefined {
  const end = input.indexOf(pasteEnd);
  if (end < 0) return undefined;
  return { keys: [{ is: "paste", text: input.slice(pasteStart.length, end) }], length: end + pasteEnd.length };
}

function readKey(input: string): Read | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminals speak in control characters
  if (/^\u001b\[[0-9;?<]*$/.test(input)) return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminals speak in control characters
  const sequence = /^\u001b(?:\[[0-9;?<]*([A-Za-z~])|O([A-Za-z]))/.exec(input);
  if (sequence) {
    const arrow = arrows[sequence[1] ?? sequence[2] ?? ""];
    return { keys: arrow ? [arrow] : [], length: sequence[0].length };
  }
  const [char = ""] = input;
  const single = singles[char];
  if (single) return { keys: [single], length: 1 };
  if (char === "\u001b") return { keys: [{ is: "escape" }], length: 1 };
  if (char < " ") return { keys: [{ is: "control", letter: String.fromCharCode(char.charCodeAt(0) + 96) }], length: 1 };
  return { keys: [{ is: "char", text: char }], length: char.length };
}
