/** One tmux command: its name, flags and arguments, each as it is. */
export type TmuxCommand = readonly [string, ...string[]];

/** Commands as one line for tmux 3.0 or later to read: they run one after another with nothing between, until one fails. */
export const commandLine = (commands: readonly TmuxCommand[]): string =>
  commands.map((words) => words.map(quote).join(" ")).join(" ; ");

/** What tmux expands in double quotes, and what would end them or the line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not go in as they are
const special = /[\\"$~]|[\x00-\x1f\x7f]/g;

function quote(word: string): string {
  if (/^[\w@-]+$/.test(word)) return word;
  return `"${word.replace(special, escaped)}"`;
}

const escaped = (char: string): string =>
  char > "\x1f" && char !== "\x7f" ? `\\${char}` : `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`;

/** Text that tmux would take for a format (`#{…}`), made to mean itself. Before a bracket it takes `#` as it is. */
export const plain = (text: string): string =>
  text.replace(/(#+)(\[?)/g, (_, hashes: string, bracket: string) => (bracket ? hashes : hashes + hashes) + bracket);
