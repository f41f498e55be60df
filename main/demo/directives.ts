const talk = ["text", "len", "think", "slow", "wait", "ttfb", "gate", "err", "cut", "sseerr", "stop"] as const;
const tools = ["bash", "read", "write", "edit", "tool", "ask", "agent", "plan"] as const;

/** One `[[kind:argument]]` of a scripted prompt. */
export interface Directive {
  readonly kind: (typeof talk)[number] | (typeof tools)[number];
  readonly argument: string;
  /** `[[cut*2]]`, `[[err:529*2]]`: only at the first two attempts; null means always. */
  readonly times: number | null;
  /** A leading `+`: in the same answer as the tool before it. */
  readonly joins: boolean;
}

const isKind = (word: string): word is Directive["kind"] => [...talk, ...tools].some((kind) => kind === word);

/** Whether this directive is a tool call, which ends the answer it stands in. */
export const isTool = (directive: Directive): boolean => tools.some((kind) => kind === directive.kind);

/** The directives in a prompt, in their order. Text around them and unknown words in brackets mean nothing. */
export function parseDirectives(prompt: string): Directive[] {
  const found = prompt.matchAll(/\[\[(\+?)([a-z]+)(?:\*(\d+))?(?::([\s\S]*?))?\]\]/g);
  return [...found].flatMap(([, plus = "", kind = "", star, argument = ""]) => {
    if (!isKind(kind)) return [];
    const [code = "", tail] = kind === "err" ? argument.split("*") : [argument];
    const times = star ?? tail;
    return [{ kind, argument: code, times: times === undefined ? null : Number(times), joins: plus === "+" }];
  });
}

/** Cut into answers: a tool call ends one, unless the next directive joins it. */
export function groupAnswers(directives: readonly Directive[]): Directive[][] {
  const answers: Directive[][] = [];
  for (const directive of directives) {
    const last = answers.at(-1);
    const ended = !last || last.some(isTool);
    if (last && (!ended || directive.joins)) last.push(directive);
    else answers.push([directive]);
  }
  return answers;
}

/** Directives for somebody further on (a subagent, another session) stand in round brackets: `((text:hi))`. */
export const unwrapInner = (text: string): string => text.replaceAll("((", "[[").replaceAll("))", "]]");

const filler = "A quiet line of filler that says nothing at all. ";

/** At least this many characters of harmless text. */
export const fillerText = (characters: number): string =>
  filler.repeat(Math.max(1, Math.ceil(characters / filler.length)));
